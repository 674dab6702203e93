package org.sightmill.pipeline;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Outcome;

/** Rows in the schema of collect's boundary, for tests. */
public final class TestRows {
  private TestRows() {}

  /** {@code n} rows with ids {@code s-0} onwards, source {@code test}, and null everywhere else. */
  public static Dataset<Row> numbered(SparkSession spark, long n) {
    Column[] columns =
        Stream.of(Schemas.of(Boundary.COLLECT).fields())
            .map(
                field ->
                    switch (field.name()) {
                      case "sample_id" -> expr("concat('s-', id)").as("sample_id");
                      case "source" -> lit("test").as("source");
                      default -> lit(null).cast(field.dataType()).as(field.name());
                    })
            .toArray(Column[]::new);
    return spark.range(n).select(columns);
  }

  /** The rows with outcome columns: ids below {@code s-<faults>} end for {@code reason}. */
  public static Dataset<Row> withFaults(
      Dataset<Row> rows, int faults, RejectReason reason, String codeColumn) {
    String fault = "cast(substring(sample_id, 3) as int) < " + faults;
    return rows.withColumn(codeColumn, expr("if(%s, '%s', null)".formatted(fault, reason.code())))
        .withColumn(Outcome.DETAIL, expr("if(%s, 'planted', null)".formatted(fault)));
  }
}
