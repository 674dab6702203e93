package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sightmill.pipeline.answer.Completion;
import org.sightmill.trainer.eval.ItemScore.Column;

/**
 * What one arm came to on one benchmark.
 *
 * @param n all items; those without an answer count as wrong
 * @param byRule decided by the benchmark's own rule
 * @param judged decided by the judge
 * @param unresolved beyond the rule and without a judge's decision: counted as wrong
 * @param failures items that have no answer, by reason
 * @param judge the judge's name; null without one
 * @param compatible the headline number by the benchmark's rule
 * @param lenient the same by the project's verifier
 * @param strict the same, strict
 * @param lines the benchmark's own table
 * @param upstreamBugs items that an upstream fault decided, by fault
 * @param truncated answers that the token limit ended
 * @param malformed answers that are not exactly of the think and answer format
 * @param seconds of devices, 0 when unknown
 */
public record BenchmarkResult(
    String benchmark,
    long n,
    long byRule,
    long judged,
    long unresolved,
    SortedMap<String, Long> failures,
    String judge,
    Estimate compatible,
    Estimate lenient,
    Estimate strict,
    List<ResultLine> lines,
    SortedMap<String, Long> upstreamBugs,
    long truncated,
    long malformed,
    long promptTokens,
    long completionTokens,
    double seconds) {

  /** Copies, and checks that the counts add up. */
  public BenchmarkResult {
    failures = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    upstreamBugs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(upstreamBugs));
    lines = List.copyOf(lines);
    long failed = failures.values().stream().mapToLong(Long::longValue).sum();
    if (byRule + judged + unresolved + failed != n) {
      throw new IllegalArgumentException(
          "%s: %d by rule + %d judged + %d unresolved + %d without an answer are not %d items"
              .formatted(benchmark, byRule, judged, unresolved, failed, n));
    }
  }

  /** The same under another name: rows of one's own go by their data set's. */
  public BenchmarkResult named(String name) {
    return new BenchmarkResult(
        name,
        n,
        byRule,
        judged,
        unresolved,
        failures,
        judge,
        compatible,
        lenient,
        strict,
        lines,
        upstreamBugs,
        truncated,
        malformed,
        promptTokens,
        completionTokens,
        seconds);
  }

  /** Adds up the scores of one benchmark. */
  public static BenchmarkResult of(
      Benchmark benchmark, List<ItemScore> scores, Optional<String> judge) {
    return new BenchmarkResult(
        benchmark.name(),
        scores.size(),
        count(
            scores,
            s ->
                s.prediction().answered()
                    && !s.judged()
                    && s.ruling().status() != Ruling.Status.UNRESOLVED),
        count(scores, ItemScore::judged),
        count(scores, s -> s.ruling().status() == Ruling.Status.UNRESOLVED),
        failures(scores),
        judge.orElse(null),
        estimate(benchmark, scores, Column.COMPATIBLE),
        estimate(benchmark, scores, Column.LENIENT),
        estimate(benchmark, scores, Column.STRICT),
        lines(benchmark, scores),
        bugs(scores),
        count(scores, s -> s.prediction().truncated()),
        count(scores, BenchmarkResult::isMalformed),
        scores.stream().mapToLong(s -> s.prediction().promptTokens()).sum(),
        scores.stream().mapToLong(s -> s.prediction().completionTokens()).sum(),
        scores.stream().mapToDouble(s -> s.prediction().seconds()).sum());
  }

  private static long count(List<ItemScore> scores, Predicate<ItemScore> wanted) {
    return scores.stream().filter(wanted).count();
  }

  private static boolean isMalformed(ItemScore score) {
    return score.prediction().answered()
        && score.prediction().format() != Completion.Status.WELL_FORMED;
  }

  private static SortedMap<String, Long> failures(List<ItemScore> scores) {
    return scores.stream()
        .filter(score -> !score.prediction().answered())
        .collect(
            Collectors.groupingBy(
                score -> score.prediction().outcome(), TreeMap::new, Collectors.counting()));
  }

  private static SortedMap<String, Long> bugs(List<ItemScore> scores) {
    return scores.stream()
        .filter(score -> score.ruling().bug() != null)
        .collect(
            Collectors.groupingBy(
                score -> score.ruling().bug().name(), TreeMap::new, Collectors.counting()));
  }

  private static Estimate estimate(Benchmark benchmark, List<ItemScore> scores, Column column) {
    return Bootstrap.of(units(benchmark, scores, column));
  }

  /** The units of one column, in the benchmark's order. */
  public static List<Unit> units(Benchmark benchmark, List<ItemScore> scores, Column column) {
    return benchmark.units(scored(scores, column));
  }

  private static List<Scored> scored(List<ItemScore> scores, Column column) {
    return scores.stream().map(score -> score.scored(column)).toList();
  }

  private static List<ResultLine> lines(Benchmark benchmark, List<ItemScore> scores) {
    List<Line> compatible = benchmark.lines(scored(scores, Column.COMPATIBLE));
    List<Line> lenient = benchmark.lines(scored(scores, Column.LENIENT));
    List<Line> strict = benchmark.lines(scored(scores, Column.STRICT));
    List<ResultLine> lines = new ArrayList<>();
    for (int i = 0; i < compatible.size(); i++) {
      Line line = compatible.get(i);
      lines.add(
          new ResultLine(
              line.name(),
              line.n(),
              line.accuracy(),
              lenient.get(i).accuracy(),
              strict.get(i).accuracy()));
    }
    return lines;
  }
}
