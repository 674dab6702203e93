package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of each subset, in all and by source.
 *
 * @param subsets sft, rl and aha, zero ones too
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

  static SplitCounts of(Dataset<Row> decisions) {
    SortedMap<String, Long> subsets = new TreeMap<>();
    SortedMap<String, Double> measures = new TreeMap<>();
    Map<String, Column> conditions =
        Map.of(
            Split.SFT.label(),
            col("split").equalTo(Split.SFT.label()),
            Split.RL.label(),
            col("split").equalTo(Split.RL.label()),
            Subsets.AHA,
            col(Tendency.IS_AHA),
            OPEN,
            col("answer_type").equalTo("open"));
    for (String subset : new String[] {"sft", "rl", Subsets.AHA}) {
      subsets.put(subset, 0L);
    }
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
