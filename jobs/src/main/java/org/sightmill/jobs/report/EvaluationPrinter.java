package org.sightmill.jobs.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.sightmill.trainer.eval.ArmResult;
import org.sightmill.trainer.eval.BenchmarkResult;
import org.sightmill.trainer.eval.Benchmarks;
import org.sightmill.trainer.eval.Comparison;
import org.sightmill.trainer.eval.Estimate;
import org.sightmill.trainer.eval.PairedResult;

/** Prints evaluations and comparisons. Accuracies are percentages with 95 % intervals. */
public final class EvaluationPrinter {
  private static final int PERCENT = 100;
  private static final double SECONDS_OF_AN_HOUR = 3_600;

  private final PrintWriter out;

  /** A printer to {@code out}. */
  public EvaluationPrinter(PrintWriter out) {
    this.out = out;
  }

  /** One arm: the headline of each benchmark, then each benchmark's own table. */
  public void print(ArmResult arm) {
    out.printf("%s (%s)%n%s%n%n", arm.name(), arm.model(), arm.decoding());
    TextTable table =
        new TextTable()
            .row(
                "benchmark",
                "n",
                "by rule",
                "judged",
                "unresolved",
                "no answer",
                "compatible",
                "lenient",
                "strict",
                "cut off",
                "no format");
    arm.benchmarks().forEach(result -> headline(table, result));
    table.print(out);
    average(arm);
    arm.benchmarks().forEach(this::details);
    out.flush();
  }

  private static void headline(TextTable table, BenchmarkResult result) {
    long failed = result.failures().values().stream().mapToLong(Long::longValue).sum();
    table.row(
        result.benchmark(),
        result.n(),
        result.byRule(),
        result.judged(),
        result.unresolved(),
        failed,
        percent(result.compatible()),
        percent(result.lenient()),
        percent(result.strict()),
        share(result.truncated(), result.n()),
        share(result.malformed(), result.n()));
  }

  private void average(ArmResult arm) {
    OptionalDouble compatible = arm.sixWayAverage(r -> r.compatible().value());
    if (compatible.isPresent()) {
      out.printf(
          "%nAverage of the six: compatible %s, lenient %s, strict %s%n",
          percent(compatible.getAsDouble()),
          percent(arm.sixWayAverage(r -> r.lenient().value()).getAsDouble()),
          percent(arm.sixWayAverage(r -> r.strict().value()).getAsDouble()));
      return;
    }
    long ran = Benchmarks.SIX.stream().filter(name -> arm.result(name).isPresent()).count();
    if (ran > 0) {
      out.printf("%nNo average of the six: only %d of them ran%n", ran);
    }
  }

  private void details(BenchmarkResult result) {
    out.printf("%n%s%s%n", result.benchmark(), judge(result));
    result
        .failures()
        .forEach((code, rows) -> out.printf("  %,d without an answer: %s%n", rows, code));
    result
        .upstreamBugs()
        .forEach((bug, rows) -> out.printf("  %,d decided by %s (compatible only)%n", rows, bug));
    TextTable table = new TextTable().row("line", "n", "compatible", "lenient", "strict");
    result
        .lines()
        .forEach(
            line ->
                table.row(
                    line.name(),
                    line.n(),
                    percent(line.compatible()),
                    percent(line.lenient()),
                    percent(line.strict())));
    table.print(out);
  }

  private static String judge(BenchmarkResult result) {
    return result.judge() == null
        ? ": no judge, unresolved counts as wrong"
        : ": judged by " + result.judge();
  }

  /** Arms beside the base. */
  public void print(Comparison comparison) {
    // The base, under whichever prompt, has no seeds of training.
    String base = comparison.arms().get(0).model();
    comparison.arms().stream()
        .filter(arm -> !arm.model().equals(base))
        .map(ArmResult::name)
        .distinct()
        .forEach(
            arm -> {
              int runs = comparison.seeds().get(arm);
              out.printf(
                  "%s: %s%n", arm, runs == 1 ? "one seed" : "%d seeds, averaged".formatted(runs));
            });
    comparison.arms().stream()
        .map(ArmResult::decoding)
        .distinct()
        .forEach(decoding -> out.printf("decoding: %s%n", decoding));
    out.println();
    arms(comparison.arms()).print(out);
    out.println();
    pairs(comparison.pairs()).print(out);
    out.flush();
  }

  /** What training took, where it happened in this project. */
  public void printTraining(List<TrainingRun> runs, Configuration hadoop) {
    if (runs.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable().row("training", "steps", "model of", "tokens", "device hours");
    for (TrainingRun run : runs) {
      try {
        TrainingTotals totals = run.totals(hadoop);
        table.row(
            run.name(),
            totals.steps(),
            totals.chosenStep() == null
                ? "the last step"
                : "step %d, best on held-out rows".formatted(totals.chosenStep()),
            totals.tokens(),
            hours(totals.deviceSeconds()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the run log in " + run.folder(), e);
      }
    }
    out.println();
    table.print(out);
    out.flush();
  }

  private static String hours(double seconds) {
    return String.format(Locale.ROOT, "%.4f", seconds / SECONDS_OF_AN_HOUR);
  }

  private static TextTable arms(List<ArmResult> arms) {
    TextTable table =
        new TextTable()
            .row(
                "arm",
                "benchmark",
                "n",
                "compatible",
                "lenient",
                "strict",
                "cut off",
                "no format",
                "tokens",
                "device hours");
    for (ArmResult arm : arms) {
      for (BenchmarkResult result : arm.benchmarks()) {
        table.row(
            arm.name(),
            result.benchmark(),
            result.n(),
            percent(result.compatible()),
            percent(result.lenient()),
            percent(result.strict()),
            share(result.truncated(), result.n()),
            share(result.malformed(), result.n()),
            result.completionTokens(),
            hours(result.seconds()));
      }
    }
    return table;
  }

  private static TextTable pairs(List<PairedResult> pairs) {
    TextTable table =
        new TextTable()
            .row(
                "arm",
                "benchmark",
                "column",
                "units",
                "difference",
                "relative",
                "gained",
                "lost",
                "p");
    for (PairedResult pair : pairs) {
      table.row(
          pair.arm() + " - " + pair.base(),
          pair.benchmark(),
          pair.column().name().toLowerCase(Locale.ROOT),
          pair.units(),
          percent(pair.difference()) + (pair.isSignificant() ? " *" : ""),
          pair.relative() == null ? "-" : "%+.1f %%".formatted(PERCENT * pair.relative()),
          pair.change().gained(),
          pair.change().lost(),
          String.format(Locale.ROOT, "%.4f", pair.change().p()));
    }
    return table;
  }

  private static String percent(Estimate estimate) {
    return String.format(
        Locale.ROOT,
        "%.1f [%.1f, %.1f]",
        PERCENT * estimate.value(),
        PERCENT * estimate.low(),
        PERCENT * estimate.high());
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f", PERCENT * value);
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
