package org.sightmill.jobs.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sightmill.trainer.eval.Answerer;

/**
 * A number for each sample under one or more models, as the side table {@code sample_id, value}
 * that {@code curate.values} joins. Each model adds a row for each sample; curate averages them, as
 * the paper does with two perplexities (section 3.6). A sample that can't be asked has a null.
 */
public final class ValueJob implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private static final StructType SCHEMA =
      new StructType().add("sample_id", DataTypes.StringType).add("value", DataTypes.DoubleType);

  private final SampleValue value;
  private final int rollouts;
  private final String system;
  private final AnswererSource source;

  private ValueJob(SampleValue value, int rollouts, String system, AnswererSource source) {
    this.value = value;
    this.system = system;
    this.rollouts = rollouts;
    this.source = source;
  }

  /**
   * Writes the side table.
   *
   * @param rows a folder of {@code 6-curate}, or files like it
   * @param system the system prompt of training
   * @param rollouts answers for each sample; only a pass rate needs them
   */
  public static void run(
      SparkSession spark,
      SampleValue value,
      int rollouts,
      String system,
      List<? extends AnswererSource> models,
      String rows,
      String output) {
    SaveMode mode = SaveMode.Overwrite;
    for (AnswererSource model : models) {
      samples(spark, rows)
          .mapPartitions(new ValueJob(value, rollouts, system, model), Encoders.row(SCHEMA))
          .withColumn("model", functions.lit(model.toString()))
          .write()
          .mode(mode)
          .parquet(output);
      mode = SaveMode.Append;
    }
    ExecutorAnswerer.close();
  }

  /** Spread evenly: a file may hold all rows. */
  private static Dataset<Row> samples(SparkSession spark, String rows) {
    Dataset<Row> read = spark.read().parquet(rows);
    return read.selectExpr(SampleQuery.COLUMNS.toArray(new String[0]))
        .repartition(4 * spark.sparkContext().defaultParallelism(), functions.col("sample_id"));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> values = new ArrayList<>();
    List<SampleQuery> batch = new ArrayList<>();
    int size = ExecutorAnswerer.with(source, Answerer::batch);
    while (rows.hasNext()) {
      Row row = rows.next();
      SampleQuery.of(row, system)
          .ifPresentOrElse(
              batch::add, () -> values.add(RowFactory.create(row.getAs("sample_id"), null)));
      if (batch.size() == size || !rows.hasNext()) {
        add(batch, values);
        batch.clear();
      }
    }
    return values.iterator();
  }

  private void add(List<SampleQuery> batch, List<Row> values) {
    if (batch.isEmpty()) {
      return;
    }
    List<OptionalDouble> measured =
        ExecutorAnswerer.with(source, answerer -> value.of(answerer, batch, rollouts));
    for (int i = 0; i < batch.size(); i++) {
      OptionalDouble one = measured.get(i);
      values.add(
          RowFactory.create(
              batch.get(i).query().index(), one.isPresent() ? one.getAsDouble() : null));
    }
  }
}
