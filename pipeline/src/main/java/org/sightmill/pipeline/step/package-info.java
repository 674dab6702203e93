/**
 * What a dataset step is: a configured action with a typed report, a place in the run's folder, and
 * a commit record that makes its output exist. Start at {@link org.sightmill.pipeline.step.Step}
 * and, to write one, at {@link org.sightmill.pipeline.step.StepOutput}.
 */
package org.sightmill.pipeline.step;
