package org.sightmill.pipeline.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.schema.Schemas;

/** Reads what the steps of a run have committed. Lives on the driver. */
public final class RunStore {
  private final RunLayout layout;
  private final Configuration hadoop;

  /** A store over the run's folder, reached with Hadoop's {@code FileSystem}. */
  public RunStore(RunLayout layout, Configuration hadoop) {
    this.layout = qualified(layout, hadoop);
    this.hadoop = hadoop;
  }

  /** Executors have working folders of their own: a relative root is the driver's. */
  private static RunLayout qualified(RunLayout layout, Configuration hadoop) {
    Path root = new Path(layout.root());
    try {
      return new RunLayout(
          root.getFileSystem(hadoop).makeQualified(root).toString(), layout.runId());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach root " + root, e);
    }
  }

  /** Where things lie; the root is a full URI. */
  public RunLayout layout() {
    return layout;
  }

  /** The commit record of a step; empty when the step does not exist. */
  public Optional<StepReport> report(StepName step) {
    Path path = layout.report(step);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      if (!fileSystem.exists(path)) {
        return Optional.empty();
      }
      try (InputStream in = fileSystem.open(path)) {
        return Optional.of(Json.MAPPER.readValue(in, StepReport.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read report " + path, e);
    }
  }

  /** The commit record of the step before {@code step}. */
  public StepReport inputReport(StepName step) {
    StepName previous =
        step.previous()
            .orElseThrow(() -> new IllegalArgumentException(step.label() + " reads no step"));
    return report(previous)
        .orElseThrow(
            () ->
                new StepInputException(
                    "step %s needs the output of %s, and %s is not there: run 'sightmill %s' first"
                        .formatted(
                            step.label(),
                            previous.label(),
                            layout.report(previous),
                            previous.label())));
  }

  /** The committed rows of the step before {@code step}, in today's schema. */
  public Dataset<Row> input(SparkSession spark, StepName step) {
    return rows(spark, inputReport(step));
  }

  /** The committed rows of {@code report}'s step: only the files that the report lists. */
  public Dataset<Row> rows(SparkSession spark, StepReport report) {
    Path folder = layout.step(report.step());
    String[] paths =
        report.files().stream()
            .map(file -> new Path(folder, file.path()).toString())
            .toArray(String[]::new);
    if (paths.length == 0) {
      return spark.createDataFrame(java.util.List.of(), Schemas.of(report.step().boundary()));
    }
    return Schemas.upgrade(
        spark.read().parquet(paths), report.step().boundary(), report.schemaVersion());
  }

  void writeReport(StepReport report) {
    Path path = layout.report(report.step());
    try (OutputStream out = path.getFileSystem(hadoop).create(path)) {
      Json.MAPPER.writeValue(out, report);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write report " + path, e);
    }
  }

  void delete(Path path) {
    try {
      path.getFileSystem(hadoop).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }

  Configuration hadoop() {
    return hadoop;
  }
}
