package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.sightmill.pipeline.quality.Balance;
import org.sightmill.pipeline.reject.RejectReason;

/** Leaves each kind of row its share of a split; within a kind the hash draws. */
record Balancing(Balance balance, Split split) {
  private static final String GROUP = "_group";
  private static final String PLACE = "_place";

  /** Closes open rows above their kind's share. */
  Dataset<Row> of(Dataset<Row> rows) {
    Integer wanted = split == Split.SFT ? balance.sftRows() : balance.rlRows();
    if (wanted == null) {
      return rows;
    }
    Dataset<Row> grouped = rows.withColumn(GROUP, group());
    Map<String, Long> sizes = new TreeMap<>();
    grouped
        .filter(Selection.isOpen())
        .groupBy(GROUP)
        .count()
        .collectAsList()
        .forEach(row -> sizes.put(row.getString(0), row.getLong(1)));
    Column share = lit(null).cast("bigint");
    for (Map.Entry<String, Long> entry : Balance.shares(sizes, wanted).entrySet()) {
      share = when(col(GROUP).equalTo(entry.getKey()), lit(entry.getValue())).otherwise(share);
    }
    Column place =
        row_number()
            .over(
                Window.partitionBy(col(GROUP), Selection.isOpen())
                    .orderBy(col(Selection.HASH), col("sample_id")));
    Column detail =
        concat(lit(split.label() + " takes "), share.cast("string"), lit(" rows of "), col(GROUP));
    return Selection.close(
            grouped.withColumn(PLACE, place),
            col(PLACE).gt(share),
            lit(RejectReason.BALANCE.code()),
            detail)
        .drop(GROUP, PLACE);
  }

  private Column group() {
    Column source = coalesce(col("source"), lit("no source"));
    Column type = coalesce(col("answer_type"), lit("no answer type"));
    return switch (balance.by()) {
      case SOURCE -> source;
      case ANSWER_TYPE -> type;
      case SOURCE_AND_ANSWER_TYPE -> concat_ws(", ", source, type);
    };
  }
}
