package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.DataSection;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.VisualSample;

/**
 * Rows of {@code 6-curate}, read with Spark: texts come to the driver, pictures stay files that are
 * read when they are asked for.
 */
final class CuratedSamples {
  private static final String[] COLUMNS = {
    "sample_id", "image_path", "question", "choices", "answer", "answer_type", "response"
  };

  private CuratedSamples() {}

  static TrainingSamples of(SparkSession spark, DataSection data, String images, long seed) {
    spark.sparkContext().setJobGroup("train", "Read " + data.path(), false);
    Dataset<Row> read = spark.read().parquet(data.path());
    Dataset<Row> all = ofSources(read, data).selectExpr(COLUMNS);
    long otherSources = data.sources().isEmpty() ? 0 : read.count() - all.count();
    Dataset<Row> kept = kept(all, data);
    long seenLater = data.without() == null ? 0 : all.count() - kept.count();
    Dataset<Row> rows = kept.orderBy("sample_id");
    List<VisualSample> samples = new ArrayList<>();
    long unusable = 0;
    for (Row row : (data.limit() > 0 ? rows.limit(data.limit()) : rows).collectAsList()) {
      Optional<VisualSample> sample = sample(row);
      sample.ifPresent(samples::add);
      unusable += sample.isEmpty() ? 1 : 0;
    }
    return TrainingSamples.split(
        samples,
        data.heldOut(),
        seed,
        new RunPictures(qualified(images)),
        new TrainingSamples.LeftOut(unusable, seenLater, otherSources));
  }

  private static Dataset<Row> ofSources(Dataset<Row> rows, DataSection data) {
    return data.sources().isEmpty()
        ? rows
        : rows.where(rows.col("source").isin(data.sources().toArray()));
  }

  /** The rows that no later phase sees. */
  private static Dataset<Row> kept(Dataset<Row> all, DataSection data) {
    if (data.without() == null) {
      return all;
    }
    Dataset<Row> later = all.sparkSession().read().parquet(data.without()).select("sample_id");
    return all.join(
        later.distinct(), all.col("sample_id").equalTo(later.col("sample_id")), "left_anti");
  }

  /** Nothing where question, answer or their type are missing. */
  private static Optional<VisualSample> sample(Row row) {
    String question = row.getString(2);
    String answer = row.getString(4);
    Optional<AnswerType> type =
        Optional.ofNullable(row.getString(5)).flatMap(AnswerType::fromLabel);
    if (question == null || answer == null || type.isEmpty()) {
      return Optional.empty();
    }
    List<String> options = row.isNullAt(3) ? List.of() : row.getList(3);
    return Optional.of(
        new VisualSample(
            row.getString(0),
            row.getString(1),
            question,
            options,
            answer,
            type.get(),
            row.getString(6)));
  }

  /** Executors have working folders of their own: a relative path is the driver's. */
  private static String qualified(String folder) {
    Path path = new Path(folder);
    try {
      return path.getFileSystem(HadoopSettings.fromProperties()).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach " + folder, e);
    }
  }

  /** Picture files below the run's folder, on any Hadoop file system. */
  private record RunPictures(String folder) implements PictureSource {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] read(String imagePath) throws IOException {
      Configuration hadoop = HadoopSettings.fromProperties();
      Path path = new Path(folder, imagePath);
      try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
        return in.readAllBytes();
      }
    }
  }
}
