package org.sightmill.jobs.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.ConfigWriter;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.jobs.provenance.RunRecord;
import org.sightmill.jobs.spark.Progress;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.pipeline.Pipeline;
import org.sightmill.pipeline.PipelineReport;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;

/** A run with a Spark session, open for the time of one command. */
final class OpenRun implements AutoCloseable {
  private final RunConfig config;
  private final SparkSession spark;
  private final RunStore store;
  private final RunRecord record;
  private final Progress progress;

  private OpenRun(RunConfig config, SparkSession spark, RunRecord record) {
    this.config = config;
    this.spark = spark;
    this.store = new RunStore(config.layout(), spark.sparkContext().hadoopConfiguration());
    this.record = record;
    this.progress = Progress.of(spark, Progress.Mode.detected(), System.err);
  }

  /** Starts Spark and notes configuration and versions. */
  static OpenRun open(String command, RunConfig config, RunRecord record) {
    SparkSession spark = session(command, config);
    record.config(ConfigWriter.toYaml(config));
    record.versions(BuildInfo.read(), spark.version());
    return new OpenRun(config, spark, record);
  }

  /** Starts Spark and writes nothing. */
  static OpenRun look(String command, RunConfig config) {
    SparkSession spark = session(command, config);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return new OpenRun(config, spark, new RunRecord(config.layout(), hadoop));
  }

  private static SparkSession session(String command, RunConfig config) {
    return SparkSessions.open("sightmill " + command + " " + config.runId(), config.spark());
  }

  SparkSession spark() {
    return spark;
  }

  RunStore store() {
    return store;
  }

  RunConfig config() {
    return config;
  }

  /** The steps of this run. */
  Steps steps() {
    return new Steps(spark, store, config);
  }

  /** Runs what is not done from {@code first} to {@code last}. */
  PipelineReport run(StepName first, StepName last, StepName forced) {
    return new Pipeline(
            steps().between(first, last),
            store,
            config.maxRejectFraction(),
            new RunListener(record, progress))
        .run(forced);
  }

  @Override
  public void close() {
    progress.close();
    spark.stop();
  }
}
