package org.sightmill.pipeline.export;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of a subset by source, answer type and licence, in that order. */
record SourceCounts(List<Count> counts) {
  record Count(String source, String answerType, String license, long rows) {}

  static SourceCounts of(Dataset<Row> rows) {
    return new SourceCounts(
        rows
            .groupBy(
                col("source"),
                col("answer_type"),
                coalesce(col("license"), lit("not stated")).as("license"))
            .count()
            .orderBy("source", "answer_type", "license")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Count(row.getString(0), row.getString(1), row.getString(2), row.getLong(3)))
            .toList());
  }

  long rows() {
    return counts.stream().mapToLong(Count::rows).sum();
  }
}
