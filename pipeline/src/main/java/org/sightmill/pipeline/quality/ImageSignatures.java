package org.sightmill.pipeline.quality;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The signatures of a run's pictures, a side table below the run's folder: each picture is decoded
 * once, whatever is asked later. A picture is named by the hash of its bytes, so that an entry
 * never grows old. Lives on the driver.
 */
final class ImageSignatures {
  /** Null hashes: a picture that does not decode, and so is like no other. */
  static final StructType TYPE =
      StructType.fromDDL("image_sha256 string, rows bigint, columns bigint, grey binary");

  private static final String FOLDER = "image-signatures/v" + ImageSignature.VERSION;

  private final SparkSession spark;
  private final Path runFolder;

  ImageSignatures(SparkSession spark, Path runFolder) {
    this.spark = spark;
    this.runFolder = runFolder;
  }

  /**
   * One row of {@link #TYPE} for each picture; those that are not in the side table are added to
   * it.
   *
   * @param rows {@code image_sha256, image_path}
   */
  Dataset<Row> of(Dataset<Row> rows) {
    Dataset<Row> pictures =
        rows.filter(col("image_sha256").isNotNull())
            .select("image_sha256", "image_path")
            .dropDuplicates("image_sha256");
    Dataset<Row> missing =
        exists() ? pictures.join(known(), column("image_sha256"), "left_anti") : pictures;
    Signing signing =
        new Signing(
            runFolder.toString(),
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    MapFunction<Row, Row> sign = signing::sign;
    missing
        .map(sign, Encoders.row(TYPE))
        .write()
        .mode(SaveMode.Append)
        .parquet(folder().toString());
    return known().join(pictures.select("image_sha256"), column("image_sha256"), "left_semi");
  }

  private static scala.collection.immutable.Seq<String> column(String name) {
    return scala.jdk.javaapi.CollectionConverters.asScala(java.util.List.of(name)).toSeq();
  }

  private Path folder() {
    return new Path(runFolder, FOLDER);
  }

  private boolean exists() {
    try {
      return folder().getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(folder());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach " + folder(), e);
    }
  }

  /** Two runs at the same time may both have added a picture. */
  private Dataset<Row> known() {
    return spark.read().schema(TYPE).parquet(folder().toString()).dropDuplicates("image_sha256");
  }

  /** Sent to executors. */
  private record Signing(String runFolder, SerializableConfiguration hadoop)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    Row sign(Row row) {
      Optional<ImageSignature> signature =
          ImageSignature.of(bytes(new Path(runFolder, row.getString(1)), hadoop.value()));
      return signature
          .map(s -> RowFactory.create(row.getString(0), s.rows(), s.columns(), s.grey()))
          .orElseGet(() -> RowFactory.create(row.getString(0), null, null, null));
    }

    private static byte[] bytes(Path path, Configuration hadoop) {
      try {
        if ("file".equals(path.toUri().getScheme())) {
          // Hadoop's local file system would look for a checksum file beside every picture.
          return java.nio.file.Files.readAllBytes(java.nio.file.Path.of(path.toUri().getPath()));
        }
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
          return in.readAllBytes();
        }
      } catch (FileNotFoundException | java.nio.file.NoSuchFileException e) {
        throw new IllegalStateException(
            "picture %s is gone: run 'sightmill collect' again".formatted(path), e);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read picture " + path, e);
      }
    }
  }
}
