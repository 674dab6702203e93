package org.sightmill.pipeline.step;

/**
 * One of the six steps, configured. A step reads the committed output of the step before and writes
 * its own; steps never call one another.
 */
public interface Step {
  /** Which of the six. */
  StepName name();

  /**
   * What would decide the output of a run now. Cheap: no data is read, only reports and file
   * listings.
   *
   * @throws StepInputException when the step before has not committed
   */
  Fingerprint fingerprint();

  /** Runs it anew, whatever is there, and commits. */
  StepReport run();
}
