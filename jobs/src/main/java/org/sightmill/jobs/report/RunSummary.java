package org.sightmill.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * What the steps of a run have committed, read from their reports alone: no Spark is needed.
 *
 * @param steps in order; a step that has not committed is not in it
 */
public record RunSummary(String root, String runId, List<StepReport> steps) {

  /** Copies the list. */
  public RunSummary {
    steps = List.copyOf(steps);
  }

  /** Reads the reports of a run. */
  public static RunSummary read(RunStore store) {
    List<StepReport> steps = new ArrayList<>();
    for (StepName step : StepName.values()) {
      store.report(step).ifPresent(steps::add);
    }
    return new RunSummary(store.layout().root(), store.layout().runId(), steps);
  }

  /** All sources, by name. */
  SortedSet<String> sources() {
    SortedSet<String> sources = new TreeSet<>();
    steps.forEach(step -> sources.addAll(step.bySource().keySet()));
    return sources;
  }

  /** One step, if it has committed. */
  Optional<StepReport> step(StepName name) {
    return steps.stream().filter(step -> step.step() == name).findFirst();
  }

  /** The last step that has committed. */
  public Optional<StepReport> last() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }
}
