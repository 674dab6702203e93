package org.sightmill.pipeline.step;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.reject.RejectReason;

/** Rows by source and by reason, and sums over all rows: one pass over what a step staged. */
final class Tally {
  /** Stands for a source that a broken record does not tell. */
  static final String UNKNOWN_SOURCE = "(unknown)";

  private final SortedMap<String, Counts> bySource = new TreeMap<>();
  private final SortedMap<String, Double> sums = new TreeMap<>();
  private final List<ReasonCount> reasons = new ArrayList<>();

  private Tally() {}

  /**
   * Counts staged rows.
   *
   * @param summed numbers by name, null counting as 0
   */
  static Tally of(Dataset<Row> staged, Map<String, Column> summed) {
    List<String> names = List.copyOf(new TreeMap<>(summed).keySet());
    Column[] sums =
        names.stream()
            .map(name -> coalesce(sum(summed.get(name).cast("double")), lit(0.0)).as(name))
            .toArray(Column[]::new);
    Tally tally = new Tally();
    names.forEach(name -> tally.sums.put(name, 0.0));
    for (Row row :
        staged
            .groupBy(source().as("source"), col(Outcome.CODE))
            .agg(count(lit(1)), sums)
            .collectAsList()) {
      tally.add(row.getString(0), row.getString(1), row.getLong(2));
      for (int i = 0; i < names.size(); i++) {
        tally.sums.merge(names.get(i), row.getDouble(3 + i), Double::sum);
      }
    }
    return tally;
  }

  /** The source column, never null. */
  static Column source() {
    return coalesce(col("source"), lit(UNKNOWN_SOURCE));
  }

  private void add(String source, String code, long rows) {
    bySource.merge(source, countsOf(source, code, rows), Counts::plus);
  }

  private Counts countsOf(String source, String code, long rows) {
    if (code == null) {
      return new Counts(rows, 0, rows, 0, 0);
    }
    RejectReason reason = RejectReason.valueOf(code);
    reasons.add(new ReasonCount(reason, reason.rejectClass(), source, rows));
    return reason.rejectClass() == RejectClass.UNSELECTED
        ? new Counts(rows, 0, 0, 0, rows)
        : new Counts(rows, 0, 0, rows, 0);
  }

  Counts total() {
    return bySource.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  SortedMap<String, Counts> bySource() {
    return bySource;
  }

  SortedMap<String, Double> sums() {
    return sums;
  }

  List<ReasonCount> reasons() {
    reasons.sort(Comparator.comparing(ReasonCount::code).thenComparing(ReasonCount::source));
    return reasons;
  }
}
