package org.sightmill.jobs.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.curate.SplitTable;
import org.sightmill.pipeline.quality.QualityCheck;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Prints a run's counts: the funnel by source, and why rows ended. */
public final class SummaryPrinter {
  private final PrintWriter out;

  /** A printer to {@code out}. */
  public SummaryPrinter(PrintWriter out) {
    this.out = out;
  }

  /** The whole. */
  public void print(RunSummary summary) {
    out.printf("Run %s in %s%n", summary.runId(), summary.root());
    out.printf("%nRows after each step%n");
    funnel(summary).print(out);
    if (summary.steps().stream().anyMatch(step -> !step.reasons().isEmpty())) {
      out.printf("%nWhy rows ended%n");
      reasons(summary).print(out);
    }
    summary.step(StepName.CURATE).ifPresent(this::quality);
    if (summary.steps().stream().anyMatch(SummaryPrinter::costs)) {
      out.printf("%nWhat calls cost%n");
      costs(summary).print(out);
    }
    summary.steps().forEach(this::subsets);
    splitTable(summary);
    out.flush();
  }

  /** As the paper's Table 1 prints it. */
  private void splitTable(RunSummary summary) {
    Optional<StepReport> collect = summary.step(StepName.COLLECT);
    Optional<StepReport> verify = summary.step(StepName.VERIFY);
    Optional<StepReport> curate = summary.step(StepName.CURATE);
    if (collect.isPresent() && verify.isPresent() && curate.isPresent()) {
      out.printf("%nAs the paper's Table 1%n");
      SplitTable.text(collect.get(), verify.get(), curate.get())
          .lines()
          .forEach(line -> out.println("  " + line));
    }
  }

  private static TextTable funnel(RunSummary summary) {
    TextTable table = new TextTable();
    List<Object> header = new ArrayList<>(List.of("source", "read"));
    summary.steps().forEach(step -> header.add(step.step().label()));
    table.row(header.toArray());
    for (String source : summary.sources()) {
      table.row(cells(source, summary, source));
    }
    return table.row(cells("total", summary, null));
  }

  /** One line of the funnel; a null source is the total. */
  private static Object[] cells(String title, RunSummary summary, String source) {
    List<Object> cells = new ArrayList<>();
    cells.add(title);
    for (StepReport step : summary.steps()) {
      Counts counts = source == null ? step.counts() : countsOf(step, source);
      if (cells.size() == 1) {
        cells.add(counts.read() + counts.expanded());
      }
      cells.add(counts.out());
    }
    return cells.toArray();
  }

  private static Counts countsOf(StepReport step, String source) {
    return step.bySource().getOrDefault(source, Counts.NONE);
  }

  private static TextTable reasons(RunSummary summary) {
    TextTable table = new TextTable().row("step", "class", "code", "source", "rows", "meaning");
    for (StepReport step : summary.steps()) {
      for (ReasonCount reason : step.reasons()) {
        table.row(
            step.step().label(),
            Checks.label(reason.rejectClass()),
            reason.code().code(),
            reason.source(),
            reason.rows(),
            reason.code().sentence());
      }
    }
    return table;
  }

  /** What each configured check had before it and ended. */
  private void quality(StepReport curate) {
    TextTable table = new TextTable().row("check", "rows before", "ended", "rows after");
    boolean any = false;
    for (QualityCheck check : QualityCheck.values()) {
      if (curate.measures().containsKey(check.readMeasure())) {
        long before = (long) measure(curate, check.readMeasure());
        long ended = (long) measure(curate, check.endedMeasure());
        table.row(check.label(), before, ended, before - ended);
        any = true;
      }
    }
    if (any) {
      out.printf("%nQuality checks of %s%n", curate.step().folder());
      table.print(out);
      curate
          .measures()
          .forEach(
              (name, value) -> {
                if (name.startsWith("quality.") && name.indexOf('.') == name.lastIndexOf('.')) {
                  out.printf("  %s: %,d%n", name.substring(8).replace('_', ' '), value.longValue());
                }
              });
    }
  }

  private static boolean costs(StepReport step) {
    return measure(step, "cost_usd") > 0 || measure(step, "spent_usd") > 0;
  }

  private static double measure(StepReport step, String name) {
    return step.measures().getOrDefault(name, 0.0);
  }

  private static TextTable costs(RunSummary summary) {
    TextTable table =
        new TextTable()
            .row(
                "step",
                "calls",
                "tokens in",
                "tokens out",
                "USD",
                "USD a row",
                "paid by its last run");
    for (StepReport step : summary.steps()) {
      if (costs(step)) {
        double usd = measure(step, "cost_usd");
        long rows = Math.max(1, step.counts().read() + step.counts().expanded());
        table.row(
            step.step().label(),
            (long) measure(step, "calls"),
            (long) measure(step, "input_tokens"),
            (long) measure(step, "output_tokens"),
            "%.4f".formatted(usd),
            "%.6f".formatted(usd / rows),
            "%.4f".formatted(measure(step, "spent_usd")));
      }
    }
    return table;
  }

  private void subsets(StepReport step) {
    if (!step.subsets().isEmpty()) {
      out.printf("%nSubsets of %s%n", step.step().folder());
      TextTable table = new TextTable().row("subset", "rows");
      step.subsets().forEach(table::row);
      table.print(out);
    }
  }
}
