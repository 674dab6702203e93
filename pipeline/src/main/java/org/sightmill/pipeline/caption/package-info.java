/**
 * Step 2: every picture gets words (paper, section 3). Start at {@link
 * org.sightmill.pipeline.caption.CaptionStep}.
 */
package org.sightmill.pipeline.caption;
