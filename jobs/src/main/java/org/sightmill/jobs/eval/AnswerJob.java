package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.TsvParts;

/**
 * Asks a model every item of a benchmark that has no prediction yet. Predictions are committed wave
 * by wave, so that a run that was killed goes on where it was. Lives on the driver.
 */
final class AnswerJob {
  /** Rows of one task: enough for a few batches, few enough to even out the last tasks. */
  private static final int PART_ROWS = 32;

  /** Tasks of the shortest wave for each core. */
  private static final int WAVE_FACTOR = 4;

  /**
   * A wave should take: what a killed run can lose, and what it costs that its last tasks are
   * waited for and its predictions are committed must be little beside it.
   */
  private static final double WAVE_SECONDS = 60;

  /** A wave is so many times as long as the one before at most: the first one is start-up. */
  private static final int WAVE_GROWTH = 4;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final Optional<String> system;
  private final AnswererSource source;

  AnswerJob(SparkSession spark, Optional<String> system, AnswererSource source) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.system = system;
    this.source = source;
  }

  /** Completes the predictions in a folder and returns them all. */
  Map<String, Prediction> run(BenchmarkFile file, Path predictions) {
    Map<String, Prediction> known = Predictions.parquet(spark, predictions);
    Path parts = new Path(predictions.getParent(), "_parts");
    try {
      FileSystem files = parts.getFileSystem(hadoop);
      files.delete(parts, true);
      int count =
          TsvParts.cut(
              () -> file.open(hadoop),
              file.path(),
              row -> !known.containsKey(row.index()),
              PART_ROWS,
              number -> files.create(part(parts, number)));
      answer(file, parts, count, predictions);
      files.delete(parts, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot cut %s into parts".formatted(file.path()), e);
    }
    return Predictions.parquet(spark, predictions);
  }

  private static Path part(Path parts, int number) {
    return new Path(parts, "part-%05d.tsv".formatted(number));
  }

  private void answer(BenchmarkFile file, Path parts, int count, Path predictions) {
    int least = Math.max(1, WAVE_FACTOR * spark.sparkContext().defaultParallelism());
    int wave = least;
    for (int first = 0; first < count; ) {
      List<String> paths =
          IntStream.range(first, Math.min(count, first + wave))
              .mapToObj(number -> part(parts, number).toString())
              .toList();
      long start = System.nanoTime();
      wave(file, paths, predictions);
      first += paths.size();
      wave = nextWave(paths.size(), (System.nanoTime() - start) / 1e9, least);
    }
  }

  /** Parts of the wave after one of {@code parts} that took {@code seconds}. */
  static int nextWave(int parts, double seconds, int least) {
    double wanted = parts * WAVE_SECONDS / Math.max(seconds, 1e-3);
    return (int) Math.max(least, Math.min(wanted, (double) WAVE_GROWTH * parts));
  }

  private void wave(BenchmarkFile file, List<String> paths, Path predictions) {
    spark
        .sparkContext()
        .setJobDescription("evaluate %s: %d parts".formatted(file.dataset(), paths.size()));
    PartTask task =
        new PartTask(
            file.benchmark().name(),
            system.orElse(null),
            source,
            new SerializableConfiguration(hadoop));
    spark
        .createDataFrame(
            new JavaSparkContext(spark.sparkContext())
                .parallelize(paths, paths.size())
                .mapPartitions(task),
            PredictionRows.SCHEMA)
        .write()
        .mode(SaveMode.Append)
        .parquet(predictions.toString());
  }
}
