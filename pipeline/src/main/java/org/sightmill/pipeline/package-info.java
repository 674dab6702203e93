/**
 * The six dataset steps as one resumable run. Start at {@link org.sightmill.pipeline.Pipeline}; a
 * step on its own is a {@link org.sightmill.pipeline.step.Step}.
 */
package org.sightmill.pipeline;
