package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of each subset, in all and by source.
 *
 * @param subsets sft, rl, aha and those by value, zero ones too
 * @param measures {@code rows.<subset>.<source>}, and {@code rows.open.<source>} and {@code
 *     rows.closed.<source>} by the kind of answer
 * @param special decisions that say more than the row's tendency
 */
record SplitCounts(
    SortedMap<String, Long> subsets, SortedMap<String, Double> measures, long special) {
  static final String OPEN = "open";
  static final String CLOSED = "closed";
  private static final String ALL = "_all";
  private static final String SPECIAL = "_special";

  /**
   * Counts in one pass.
   *
   * @param values whose further subsets are counted too; null for none
   */
  static SplitCounts of(Dataset<Row> decisions, ValueTable values) {
    SortedMap<String, Double> measures = new TreeMap<>();
    SortedMap<String, Column> conditions = new TreeMap<>();
    for (Split split : Split.values()) {
      conditions.put(split.label(), col("split").equalTo(split.label()));
    }
    conditions.put(Subsets.AHA, col(Tendency.IS_AHA));
    for (long rows : values == null ? List.<Long>of() : values.subsets()) {
      conditions.put(values.subset(rows), Subsets.isIn(values, rows));
    }
    SortedMap<String, Long> subsets = new TreeMap<>();
    conditions.keySet().forEach(subset -> subsets.put(subset, 0L));
    conditions.put(OPEN, col("answer_type").equalTo("open"));
    long special = 0;
    Dataset<Row> counted =
        decisions
            .groupBy(col("source"))
            .agg(
                count(lit(1)).as(ALL),
                Stream.concat(
                        conditions.entrySet().stream()
                            .map(entry -> count_if(entry.getValue()).as(entry.getKey())),
                        Stream.of(count_if(Subsets.isSpecial()).as(SPECIAL)))
                    .toArray(Column[]::new));
    for (Row row : counted.collectAsList()) {
      String source = row.getAs("source");
      for (String name : conditions.keySet()) {
        long rows = row.getAs(name);
        measures.put(measure(name, source), (double) rows);
        subsets.computeIfPresent(name, (key, sum) -> sum + rows);
      }
      special += row.<Long>getAs(SPECIAL);
      long closed = row.<Long>getAs(ALL) - row.<Long>getAs(OPEN);
      measures.put(measure(CLOSED, source), (double) closed);
    }
    return new SplitCounts(subsets, measures, special);
  }

  static String measure(String subset, String source) {
    return "rows." + subset + "." + source;
  }
}
