package org.sightmill.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;
import org.sightmill.pipeline.step.StepReport;

/** A row under construction, column by column, for tests. */
public final class TestSample {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private TestSample() {}

  /** A counting question with id, source and gold answer 3. */
  public static TestSample counting(String id) {
    return new TestSample()
        .with("sample_id", id)
        .with("source", "test")
        .with("question", "How many cubes are there?")
        .with("answer", "3")
        .with("answer_type", "digit");
  }

  /** This sample with a column set. */
  public TestSample with(String column, Object value) {
    values.put(column, value);
    return this;
  }

  /** This sample with options. */
  public TestSample withChoices(String... options) {
    return with("choices", options);
  }

  /** As a row of a boundary's schema; columns that were not set are null. */
  public Row row(Boundary boundary) {
    StructType schema = Schemas.of(boundary);
    Object[] columns = Stream.of(schema.fieldNames()).map(values::get).toArray();
    return new GenericRowWithSchema(columns, schema);
  }

  /** Commits these samples as the output of a step. */
  public static StepReport commit(
      SparkSession spark, RunStore store, StepName step, List<TestSample> samples) {
    List<Row> rows = samples.stream().map(sample -> plain(sample, step.boundary())).toList();
    return commit(spark, store, step, spark.createDataFrame(rows, Schemas.of(step.boundary())));
  }

  private static Row plain(TestSample sample, Boundary boundary) {
    Row row = sample.row(boundary);
    return RowFactory.create(
        Stream.of(Schemas.of(boundary).fields())
            .map(StructField::name)
            .map(name -> row.getAs(name))
            .toArray());
  }

  /** Commits these rows as the output of a step. */
  public static StepReport commit(
      SparkSession spark, RunStore store, StepName step, Dataset<Row> rows) {
    StepOutput output = StepOutput.begin(spark, store, step, "test input");
    Column none = functions.lit(null).cast("string");
    Dataset<Row> staged =
        output.stage(rows.withColumn(Outcome.CODE, none).withColumn(Outcome.DETAIL, none));
    output.write(staged);
    Fingerprint fingerprint = Fingerprint.builder(step, 1, Schemas.VERSION).build();
    return output.commit(staged, fingerprint, new TreeMap<>());
  }
}
