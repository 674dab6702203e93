package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.InvalidConfigException;

/** The side table of values, or none. Lives on the driver. */
final class SideValues {
  private final SparkSession spark;
  private final ValueTable table;

  SideValues(SparkSession spark, ValueTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** {@code rows} with a column of values, null where there is none. */
  Dataset<Row> joined(Dataset<Row> rows, String name) {
    return table == null
        ? rows.withColumn(name, lit(null).cast("double"))
        : rows.join(means(name), rows.col("sample_id").equalTo(col("_value_id")), "left_outer")
            .drop("_value_id");
  }

  /** The output column of {@code target}: the values if the table is about it, else null. */
  Column column(ValueTable.Target target, String name) {
    boolean filled = table != null && table.column() == target;
    return (filled ? col(name) : lit(null)).cast("double").as(target.label());
  }

  /** Name, size and time of each file; "none" without a table. */
  String fingerprint() {
    if (table == null) {
      return "none";
    }
    return FileListing.of("values.path", table.path(), spark.sparkContext().hadoopConfiguration());
  }

  /** Sorted before they are summed: another order of sums is another last bit. */
  private Dataset<Row> means(String name) {
    Column sum = aggregate(col("_values"), lit(0.0), Column::plus);
    return read()
        .filter(col("value").isNotNull())
        .groupBy(col("sample_id").cast("string").as("_value_id"))
        .agg(sort_array(collect_list(col("value").cast("double"))).as("_values"))
        .select(col("_value_id"), sum.divide(size(col("_values"))).as(name));
  }

  private Dataset<Row> read() {
    boolean csv = table.path().toLowerCase(Locale.ROOT).endsWith(".csv");
    Dataset<Row> rows =
        csv
            ? spark.read().option("header", "true").csv(table.path())
            : spark.read().parquet(table.path());
    List<String> columns = List.of(rows.columns());
    if (!columns.containsAll(List.of("sample_id", "value"))) {
      throw new InvalidConfigException(
          List.of(
              "values.path must have the columns sample_id and value but %s has %s"
                  .formatted(table.path(), String.join(", ", columns))));
    }
    return rows;
  }
}
