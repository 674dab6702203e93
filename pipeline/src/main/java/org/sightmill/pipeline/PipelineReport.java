package org.sightmill.pipeline;

import java.util.List;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.ReasonCount;

/** What came of a run: each step's outcome, in order. */
public record PipelineReport(List<StepOutcome> outcomes) {

  /** Copies the list. */
  public PipelineReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Rows that ended for {@code reason}, over all steps and sources. */
  public long rows(RejectReason reason) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.report().reasons().stream())
        .filter(count -> count.code() == reason)
        .mapToLong(ReasonCount::rows)
        .sum();
  }
}
