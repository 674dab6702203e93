package org.sightmill.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * Runs steps in order and resumes: a committed step whose fingerprint still holds is skipped, any
 * other runs anew. A step that was cut off has no report and so runs again from what its own
 * response log holds.
 */
public final class Pipeline {
  private final List<Step> steps;
  private final RunStore store;
  private final double maxRejectFraction;
  private final PipelineListener listener;

  /**
   * A run over {@code steps}, which are in the order of {@link StepName} without gaps.
   *
   * @param maxRejectFraction the greatest fraction of faults that a step may have, in [0, 1]
   */
  public Pipeline(
      List<Step> steps, RunStore store, double maxRejectFraction, PipelineListener listener) {
    new Checks().fraction("max_reject_fraction", maxRejectFraction).orThrow();
    this.steps = List.copyOf(steps);
    this.store = store;
    this.maxRejectFraction = maxRejectFraction;
    this.listener = listener;
    requireOrder();
  }

  private void requireOrder() {
    for (int i = 1; i < steps.size(); i++) {
      StepName before = steps.get(i - 1).name();
      StepName name = steps.get(i).name();
      if (name.previous().orElse(null) != before) {
        throw new IllegalArgumentException(
            "step %s can't follow step %s".formatted(name.label(), before.label()));
      }
    }
  }

  /**
   * Runs what is not done, in order.
   *
   * @param forced the first step to run whatever is committed; with every step after it. Null for
   *     none.
   * @throws QualityGateException after the first step with too many faults, also when it was
   *     committed before
   */
  public PipelineReport run(StepName forced) {
    List<StepOutcome> outcomes = new ArrayList<>();
    for (Step step : steps) {
      StepOutcome outcome = runUnlessDone(step, forced);
      outcomes.add(outcome);
      if (outcome.report().faultFraction() > maxRejectFraction) {
        throw new QualityGateException(outcome.report(), maxRejectFraction);
      }
    }
    return new PipelineReport(outcomes);
  }

  private StepOutcome runUnlessDone(Step step, StepName forced) {
    Optional<StepReport> committed = store.report(step.name());
    List<String> reasons = reasonsToRun(step, committed, forced);
    if (committed.isPresent() && reasons.isEmpty()) {
      listener.skipped(committed.get());
      return new StepOutcome(StepOutcome.Kind.DONE_BEFORE, committed.get());
    }
    listener.starting(step.name(), rowsExpected(step.name()), reasons);
    StepReport report = step.run();
    listener.finished(report);
    return new StepOutcome(StepOutcome.Kind.RAN, report);
  }

  private static List<String> reasonsToRun(
      Step step, Optional<StepReport> committed, StepName forced) {
    if (committed.isEmpty()) {
      return List.of();
    }
    if (forced != null && forced.compareTo(step.name()) <= 0) {
      return List.of(
          forced == step.name() ? "forced" : "forced, with " + forced.label() + " before it");
    }
    Fingerprint now = step.fingerprint();
    return now.sha256().equals(committed.get().fingerprint())
        ? List.of()
        : now.changesSince(committed.get().fingerprintParts());
  }

  private long rowsExpected(StepName step) {
    return step.previous().flatMap(store::report).map(report -> report.counts().out()).orElse(-1L);
  }
}
