package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.eval.BenchmarkRow;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.ResultFile;
import org.sightmill.trainer.eval.TsvReader;

/** Reads predictions: the Parquet of {@code evaluate}, or a tab-separated result file. */
final class Predictions {
  private Predictions() {}

  /** Those of a Parquet folder by index; none when there is no such folder. */
  static Map<String, Prediction> parquet(SparkSession spark, Path folder) {
    Map<String, Prediction> found = new LinkedHashMap<>();
    if (exists(folder, spark.sparkContext().hadoopConfiguration())) {
      spark
          .read()
          .schema(PredictionRows.SCHEMA)
          .parquet(folder.toString())
          .toLocalIterator()
          .forEachRemaining(
              row -> {
                Prediction prediction = PredictionRows.prediction(row);
                found.put(prediction.index(), prediction);
              });
    }
    return found;
  }

  private static boolean exists(Path folder, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      return files.exists(folder) && files.listStatus(folder).length > 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
  }

  /**
   * Those of a result file with the columns {@code index} and {@code prediction}; a {@code
   * response} column holds the whole output where the prediction is only its answer.
   */
  static Map<String, Prediction> resultFile(Path file, Configuration hadoop) {
    try (TsvReader rows = TsvReader.open(file.getFileSystem(hadoop).open(file), file.toString())) {
      if (!rows.columns().contains(ResultFile.PREDICTION)) {
        throw new InvalidConfigException(
            List.of(
                "%s has no column prediction; it has %s"
                    .formatted(file, String.join(", ", rows.columns()))));
      }
      Map<String, Prediction> found = new LinkedHashMap<>();
      while (rows.hasNext()) {
        BenchmarkRow row = rows.next();
        row.cell("response")
            .or(() -> row.cell(ResultFile.PREDICTION))
            .ifPresent(text -> found.put(row.index(), Prediction.said(row.index(), text)));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read predictions " + file, e);
    }
  }
}
