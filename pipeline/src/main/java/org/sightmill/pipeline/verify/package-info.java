/**
 * Step 5: only rows whose answer agrees with the gold one go on (paper, section 3). Start at {@link
 * org.sightmill.pipeline.verify.VerifyStep}.
 */
package org.sightmill.pipeline.verify;
