package org.sightmill.jobs.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.StepReport;

/** The six steps: rows after each, by source, and why rows ended. From the reports alone. */
final class FunnelSection {
  private FunnelSection() {}

  static Map<String, Object> of(RunSummary summary) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("steps", steps(summary));
    section.put("sources", summary.sources().stream().map(s -> source(summary, s)).toList());
    section.put("reasons", reasons(summary));
    Map<String, Long> subsets = new LinkedHashMap<>();
    summary.steps().forEach(step -> subsets.putAll(step.subsets()));
    section.put("subsets", subsets);
    return section;
  }

  private static List<Object> steps(RunSummary summary) {
    List<Object> steps = new ArrayList<>();
    Counts first = summary.steps().get(0).counts();
    steps.add(Map.of("label", "read", "rows", first.read() + first.expanded()));
    for (StepReport step : summary.steps()) {
      steps.add(Map.of("label", step.step().label(), "rows", step.counts().out()));
    }
    return steps;
  }

  private static Map<String, Object> source(RunSummary summary, String source) {
    List<Long> rows = new ArrayList<>();
    for (StepReport step : summary.steps()) {
      Counts counts = step.bySource().getOrDefault(source, Counts.NONE);
      if (rows.isEmpty()) {
        rows.add(counts.read() + counts.expanded());
      }
      rows.add(counts.out());
    }
    return Map.of("name", source, "rows", rows);
  }

  private static List<Map<String, Object>> reasons(RunSummary summary) {
    List<Map<String, Object>> reasons = new ArrayList<>();
    for (StepReport step : summary.steps()) {
      step.reasons().stream()
          .sorted(Comparator.comparingLong(ReasonCount::rows).reversed())
          .forEach(
              reason ->
                  reasons.add(
                      Map.of(
                          "step", step.step().label(),
                          "code", reason.code().code(),
                          "sentence", reason.code().sentence(),
                          "source", reason.source(),
                          "rows", reason.rows())));
    }
    return reasons;
  }

  /** What each step took. */
  static List<Map<String, Object>> cost(RunSummary summary) {
    List<Map<String, Object>> cost = new ArrayList<>();
    for (StepReport step : summary.steps()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("step", step.step().label());
      line.put("rows", step.counts().out());
      line.put("seconds", step.seconds());
      for (String name : List.of("calls", "input_tokens", "output_tokens", "cost_usd")) {
        line.put(name, step.measures().getOrDefault(name, 0.0));
      }
      cost.add(line);
    }
    return cost;
  }
}
