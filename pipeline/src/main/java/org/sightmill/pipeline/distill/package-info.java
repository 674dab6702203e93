/**
 * Step 3: reasoning traces from a text-only reasoner (paper, section 3). Start at {@link
 * org.sightmill.pipeline.distill.DistillStep}.
 */
package org.sightmill.pipeline.distill;
