package org.sightmill.pipeline.calls;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * The rows of a step that are taken up again although the log has a reply for them: a list in
 * {@code _run}, written before the step runs anew. The step then runs over all of its rows, so that
 * its counts add up as ever; the log answers for every row but these, and for these too once they
 * have been asked about again, so that a run which is cut off does not pay for them twice.
 *
 * @param times how often rows of this step were taken up; part of its fingerprint, so that the
 *     steps after it run anew as well
 * @param since for each sample id, in milliseconds since 1970: an older reply does not count
 */
public record Retakes(int times, SortedMap<String, Long> since) {
  /** No row was ever taken up again. */
  static final Retakes NONE = new Retakes(0, new TreeMap<>());

  /**
   * Takes up the rows that committed steps rejected for a reason.
   *
   * @return how many rows, by step; empty when there are none
   */
  public static SortedMap<StepName, Long> take(
      SparkSession spark, RunStore store, RejectReason reason) {
    SortedMap<StepName, Long> taken = new TreeMap<>();
    for (StepName step : StepName.values()) {
      Optional<StepReport> report = store.report(step);
      if (report.isPresent() && rejects(report.get(), reason)) {
        taken.put(step, take(spark, store, step, reason));
      }
    }
    return taken;
  }

  private static boolean rejects(StepReport report, RejectReason reason) {
    return report.reasons().stream().map(ReasonCount::code).anyMatch(reason::equals);
  }

  private static long take(SparkSession spark, RunStore store, StepName step, RejectReason reason) {
    List<String> ids =
        spark
            .read()
            .parquet(store.layout().rejected(step).toString())
            .filter(col("code").equalTo(reason.code()))
            .select("sample_id")
            .as(Encoders.STRING())
            .collectAsList();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Retakes before = of(store.layout(), step, hadoop);
    SortedMap<String, Long> since = new TreeMap<>(before.since());
    long now = System.currentTimeMillis();
    ids.forEach(id -> since.put(id, now));
    write(path(store.layout(), step), new Retakes(before.times() + 1, since), hadoop);
    return ids.size();
  }

  /** What has been taken up so far. */
  static Retakes of(RunLayout layout, StepName step, Configuration hadoop) {
    Path path = path(layout, step);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Json.MAPPER.readValue(in, Retakes.class);
    } catch (FileNotFoundException e) {
      return NONE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static void write(Path path, Retakes retakes, Configuration hadoop) {
    try (OutputStream out = path.getFileSystem(hadoop).create(path, true)) {
      Json.MAPPER.writeValue(out, retakes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private static Path path(RunLayout layout, StepName step) {
    return new Path(layout.runInfo(), "retaken-" + step.label() + ".json");
  }

  /** What executors need of it. */
  Map<String, Long> forExecutors() {
    return new java.util.HashMap<>(since);
  }
}
