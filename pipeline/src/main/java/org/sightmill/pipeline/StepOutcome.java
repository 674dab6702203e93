package org.sightmill.pipeline;

import org.sightmill.pipeline.step.StepReport;

/** What came of one step of a run. */
public record StepOutcome(Kind kind, StepReport report) {
  /** Whether the step's work was done in this run. */
  public enum Kind {
    /** It was committed before, with the same fingerprint. */
    DONE_BEFORE,
    /** It ran and committed. */
    RAN
  }
}
