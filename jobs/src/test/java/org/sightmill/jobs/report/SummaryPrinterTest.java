package org.sightmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

class SummaryPrinterTest {
  private static final StepReport COLLECT =
      report(
          StepName.COLLECT,
          Map.of("a", new Counts(10, 2, 12, 0, 0), "b", new Counts(1_000, 0, 1_000, 0, 0)),
          List.of(),
          Map.of());
  private static final StepReport VERIFY =
      report(
          StepName.VERIFY,
          Map.of("a", new Counts(12, 0, 12, 0, 0), "b", new Counts(1_000, 0, 993, 7, 0)),
          List.of(reason(RejectReason.ANSWER_DIFFERENT, "b", 7)),
          Map.of());
  private static final StepReport CURATE =
      report(
          StepName.CURATE,
          Map.of("a", new Counts(12, 0, 12, 0, 0), "b", new Counts(993, 0, 990, 0, 3)),
          List.of(reason(RejectReason.SOURCE_CAP, "b", 3)),
          Map.of("sft", 600L, "rl", 402L, "aha", 5L));

  private static ReasonCount reason(RejectReason code, String source, long rows) {
    return new ReasonCount(code, code.rejectClass(), source, rows);
  }

  private static StepReport report(
      StepName step,
      Map<String, Counts> bySource,
      List<ReasonCount> reasons,
      Map<String, Long> subsets) {
    SortedMap<String, String> parts = new TreeMap<>();
    Counts sum = bySource.values().stream().reduce(Counts.NONE, Counts::plus);
    return new StepReport(
        step,
        1,
        "f",
        parts,
        sum,
        new TreeMap<>(bySource),
        reasons,
        new TreeMap<>(subsets),
        List.of(),
        new TreeMap<>(),
        "2026-01-01T00:00:00Z",
        1);
  }

  private static List<String> printed(StepReport... steps) {
    StringWriter out = new StringWriter();
    new SummaryPrinter(new PrintWriter(out)).print(new RunSummary("/r", "demo", List.of(steps)));
    return out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  @Test
  void showsWhatCameInAndWhatEachStepLeftBySource() {
    assertThat(printed(COLLECT, VERIFY))
        .containsSubsequence(
            "Run demo in /r",
            "source read collect verify",
            "a 12 12 12",
            "b 1,000 1,000 993",
            "total 1,012 1,012 1,005");
  }

  @Test
  void saysWhyRowsEnded() {
    assertThat(printed(COLLECT, VERIFY, CURATE))
        .containsSubsequence(
            "Why rows ended",
            "step class code source rows meaning",
            "verify filtered ANSWER_DIFFERENT b 7 answer differs from the gold answer",
            "curate unselected SOURCE_CAP b 3 source's cap is reached");
  }

  @Test
  void saysNothingOfReasonsWhereThereAreNone() {
    assertThat(printed(COLLECT))
        .doesNotContain("Why rows ended")
        .noneMatch(l -> l.contains("Subs"));
  }

  @Test
  void saysWhatCallsCostByStepAndRow() {
    StepReport paid =
        new StepReport(
            VERIFY.step(),
            1,
            "f",
            new TreeMap<>(),
            VERIFY.counts(),
            VERIFY.bySource(),
            VERIFY.reasons(),
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(
                Map.of(
                    "calls", 1_012.0,
                    "input_tokens", 10_120.0,
                    "output_tokens", 5_060.0,
                    "cost_usd", 10.12,
                    "spent_usd", 0.5)),
            "2026-01-01T00:00:00Z",
            1);
    assertThat(printed(COLLECT, paid))
        .containsSubsequence(
            "What calls cost",
            "step calls tokens in tokens out USD USD a row paid by its last run",
            "verify 1,012 10,120 5,060 10.1200 0.010000 0.5000");
    assertThat(printed(COLLECT)).doesNotContain("What calls cost");
  }

  @Test
  void saysWhatEachQualityCheckHadAndEnded() {
    StepReport checked =
        new StepReport(
            CURATE.step(),
            1,
            "f",
            new TreeMap<>(),
            CURATE.counts(),
            CURATE.bySource(),
            CURATE.reasons(),
            CURATE.subsets(),
            List.of(),
            new TreeMap<>(
                Map.of(
                    "quality.read.benchmarks", 1_005.0,
                    "quality.ended.benchmarks", 5.0,
                    "quality.read.duplicate_questions", 1_000.0,
                    "quality.ended.duplicate_questions", 40.0,
                    "quality.benchmark_items", 6_000.0)),
            "2026-01-01T00:00:00Z",
            1);
    assertThat(printed(COLLECT, checked))
        .containsSubsequence(
            "Quality checks of 6-curate",
            "check rows before ended rows after",
            "benchmarks 1,005 5 1,000",
            "duplicate_questions 1,000 40 960",
            "benchmark items: 6,000");
    assertThat(printed(COLLECT, CURATE)).doesNotContain("Quality checks of 6-curate");
  }

  @Test
  void countsSubsetsApartAndEndsWithTableOne() {
    assertThat(printed(COLLECT, VERIFY, CURATE))
        .containsSubsequence(
            "Subsets of 6-curate", "aha 5", "rl 402", "sft 600", "As the paper's Table 1");
  }

  @Test
  void aSummaryKnowsItsSourcesAndItsLastStep() {
    RunSummary summary = new RunSummary("/r", "demo", List.of(COLLECT, VERIFY));
    assertThat(summary.sources()).containsExactly("a", "b");
    assertThat(summary.last()).contains(VERIFY);
    assertThat(summary.step(StepName.CURATE)).isEmpty();
    assertThat(new RunSummary("/r", "demo", List.of()).last()).isEmpty();
  }
}
