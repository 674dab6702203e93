package org.sightmill.pipeline.step;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sightmill.pipeline.reject.RejectClass;

/**
 * What a step did; written last, as {@code _report.json}, it is the step's commit record: a step
 * without it does not exist.
 *
 * @param schemaVersion of the files
 * @param fingerprint SHA-256 over {@code fingerprintParts}
 * @param bySource counts of each source; they sum to {@code counts}
 * @param reasons rejected and unselected rows by code and source
 * @param subsets rows of each named part of the output (curate: sft, rl, aha); empty for other
 *     steps
 * @param files every data file
 * @param measures further numbers by name: calls, tokens, cost in USD
 * @param seconds wall-clock time of the run
 */
public record StepReport(
    StepName step,
    int schemaVersion,
    String fingerprint,
    SortedMap<String, String> fingerprintParts,
    Counts counts,
    SortedMap<String, Counts> bySource,
    List<ReasonCount> reasons,
    SortedMap<String, Long> subsets,
    List<DataFile> files,
    SortedMap<String, Double> measures,
    String startedAt,
    double seconds) {

  /** Copies, and checks that sources and reasons sum to the totals. */
  public StepReport {
    fingerprintParts = copy(fingerprintParts);
    bySource = copy(bySource);
    reasons = List.copyOf(reasons);
    subsets = copy(subsets);
    files = List.copyOf(files);
    measures = copy(measures);
    Counts summed = bySource.values().stream().reduce(Counts.NONE, Counts::plus);
    if (!summed.equals(counts)) {
      throw new IllegalArgumentException(
          "report of %s: sources sum to %s, not to %s".formatted(step.label(), summed, counts));
    }
    long ended = reasons.stream().mapToLong(ReasonCount::rows).sum();
    if (ended != counts.rejected() + counts.unselected()) {
      throw new IllegalArgumentException(
          "report of %s: reasons sum to %d rows, but %d were rejected and %d unselected"
              .formatted(step.label(), ended, counts.rejected(), counts.unselected()));
    }
  }

  private static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** The same report over some of its files. */
  public StepReport only(Predicate<DataFile> wanted) {
    return new StepReport(
        step,
        schemaVersion,
        fingerprint,
        fingerprintParts,
        counts,
        bySource,
        reasons,
        subsets,
        files.stream().filter(wanted).toList(),
        measures,
        startedAt,
        seconds);
  }

  /** Rows that ended with a reason of this class. */
  public long rows(RejectClass rejectClass) {
    return reasons.stream()
        .filter(reason -> reason.rejectClass() == rejectClass)
        .mapToLong(ReasonCount::rows)
        .sum();
  }

  /** Faults as a fraction of the rows that came in; 0 when none came. */
  public double faultFraction() {
    long rows = counts.read() + counts.expanded();
    return rows == 0 ? 0 : (double) rows(RejectClass.FAULT) / rows;
  }
}
