package org.sightmill.pipeline.export;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.official.OfficialTree;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;

/**
 * A run whose curate step has committed four rows: a digit, a choice and one under a non-commercial
 * licence in {@code sft}, a box without a picture in {@code rl}.
 */
final class CuratedRun {
  static final byte[] PICTURE = picture();
  private static final String IMAGE = "images/aa/aa.png";

  private CuratedRun() {}

  private static byte[] picture() {
    try {
      return OfficialTree.picture("aa.png", 1);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture can't be drawn", e);
    }
  }

  static RunStore commit(SparkSession spark, Path root) throws IOException {
    RunStore store =
        new RunStore(
            new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
    Path picture = root.resolve("run").resolve(IMAGE);
    Files.createDirectories(picture.getParent());
    Files.write(picture, PICTURE);
    StepOutput output = StepOutput.begin(spark, store, StepName.CURATE, "curate: test rows");
    Dataset<Row> staged = output.stage(rows(spark));
    output.writeSubset("sft", staged.filter(col("split").equalTo("sft")), Map.of());
    output.writeSubset("rl", staged.filter(col("split").equalTo("rl")), Map.of());
    output.writeSubset("aha", staged.filter(lit(false)), Map.of());
    Fingerprint fingerprint =
        Fingerprint.builder(StepName.CURATE, 1, Schemas.VERSION).part("rows", "4").build();
    output.commitSubsets(staged, fingerprint, Map.of(), Map.of("sft", 3L, "rl", 1L, "aha", 0L));
    return store;
  }

  private static Dataset<Row> rows(SparkSession spark) {
    StructType given =
        StructType.fromDDL(
            "sample_id string, source string, split string, answer_type string, answer string,"
                + " license string, meta string, image_path string");
    List<Row> rows =
        List.of(
            RowFactory.create("d", "clevr", "sft", "digit", "3", "MIT", "{\"n\":1}", IMAGE),
            RowFactory.create("c", "arxiv", "sft", "choice", "B", "CC BY-SA 4.0", null, IMAGE),
            RowFactory.create("n", "docs", "sft", "open", "a cat", "CC BY-NC 4.0", null, IMAGE),
            RowFactory.create("b", "vg", "rl", "box", "[0, 0, 1, 1]", null, null, null));
    Dataset<Row> data = spark.createDataFrame(rows, given).coalesce(1);
    for (StructField field : Schemas.of(Boundary.CURATE).fields()) {
      if (!List.of(given.fieldNames()).contains(field.name())) {
        data = data.withColumn(field.name(), lit(null).cast(field.dataType()));
      }
    }
    return data.withColumn("question", concat(lit("Question "), col("sample_id"), lit("?")))
        .withColumn(
            "response", concat(lit("<think>t</think><answer>"), col("answer"), lit("</answer>")))
        .withColumn(
            "choices", when(col("answer_type").equalTo("choice"), array(lit("x"), lit("y"))))
        .withColumn(
            "image",
            when(
                col("image_path").isNotNull(),
                struct(lit(PICTURE).as("bytes"), col("image_path").as("path"))))
        .withColumn(Outcome.CODE, lit(null).cast("string"))
        .withColumn(Outcome.DETAIL, lit(null).cast("string"));
  }
}
