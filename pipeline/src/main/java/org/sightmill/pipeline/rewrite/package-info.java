/**
 * Step 4: traces lose the wording that betrays the caption (paper, section 3). Start at {@link
 * org.sightmill.pipeline.rewrite.RewriteStep}.
 */
package org.sightmill.pipeline.rewrite;
