package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;

/** A run whose verify step has committed rows of one's choice, with pictures. */
final class VerifiedRows {
  private final Path root;
  private final List<Row> rows = new ArrayList<>();

  VerifiedRows(Path root) {
    this.root = root;
  }

  /** A row; rows with the same picture number share a picture, a negative one has none. */
  VerifiedRows add(String id, String source, int picture, String reasoning) {
    rows.add(RowFactory.create(id, source, sha(picture), imagePath(picture), reasoning, "Q " + id));
    if (picture >= 0) {
      draw(picture);
    }
    return this;
  }

  /** Commits the rows in so many partitions. */
  RunStore commit(SparkSession spark, int partitions) {
    RunStore store =
        new RunStore(
            new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
    StructType given =
        StructType.fromDDL(
            "sample_id string, source string, image_sha256 string, image_path string,"
                + " reasoning string, question string");
    Dataset<Row> data = spark.createDataFrame(rows, given).repartition(partitions);
    Set<String> filled = Set.of(given.fieldNames());
    for (org.apache.spark.sql.types.StructField field : Schemas.of(Boundary.VERIFY).fields()) {
      data =
          filled.contains(field.name())
              ? data
              : data.withColumn(field.name(), lit(null).cast(field.dataType()));
    }
    data =
        data.withColumn("answer_type", lit("choice"))
            .withColumn(Outcome.CODE, lit(null).cast("string"))
            .withColumn(Outcome.DETAIL, lit(null).cast("string"));
    StepOutput output = StepOutput.begin(spark, store, StepName.VERIFY, "verify: test rows");
    Dataset<Row> staged = output.stage(data);
    output.write(staged.filter(col(Outcome.CODE).isNull()));
    Fingerprint fingerprint =
        Fingerprint.builder(StepName.VERIFY, 1, Schemas.VERSION)
            .part("rows", Integer.toString(rows.hashCode()))
            .build();
    output.commit(staged, fingerprint, Map.of());
    return store;
  }

  Path picture(int picture) {
    return root.resolve("run").resolve(imagePath(picture));
  }

  private static String sha(int picture) {
    return picture < 0 ? null : "%064x".formatted(picture);
  }

  private static String imagePath(int picture) {
    return picture < 0 ? null : "images/00/" + sha(picture) + ".png";
  }

  private void draw(int picture) {
    try {
      Path file = picture(picture);
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, picture);
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
