package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.package$;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.jobs.spark.RootCause;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.Teachers;

/** Looks at everything that a run needs. */
final class Examination {
  private static final long MIB = 1 << 20;

  /** The steps run in 1 GiB; below that Spark itself gets tight. */
  private static final long MIN_HEAP_MIB = 900;

  private final LoadedConfig loaded;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(LoadedConfig loaded) {
    this.loaded = loaded;
  }

  static List<Finding> all(LoadedConfig loaded) {
    Examination examination = new Examination(loaded);
    examination.java();
    examination.memory();
    examination.configuration();
    examination.teachers();
    examination.spark();
    return examination.findings;
  }

  private void java() {
    findings.add(
        Finding.fine(
            "Java", "%s (%s)".formatted(Runtime.version(), System.getProperty("java.home"))));
  }

  private void memory() {
    long heap = Runtime.getRuntime().maxMemory() / MIB;
    String text =
        "%,d MiB heap, %d cores".formatted(heap, Runtime.getRuntime().availableProcessors());
    findings.add(
        heap >= MIN_HEAP_MIB
            ? Finding.fine("memory", text)
            : Finding.lacking("memory", text + ": give the driver 1 GiB or more, -Xmx1g"));
  }

  private void configuration() {
    if (loaded.problems().isEmpty()) {
      findings.add(
          Finding.fine(
              "configuration",
              "%d sources, run %s in %s"
                  .formatted(
                      loaded.config().sources().size(),
                      loaded.config().runId(),
                      loaded.config().root())));
    }
    loaded.problems().forEach(text -> findings.add(Finding.broken("configuration", text)));
  }

  private void teachers() {
    if (loaded.config() == null) {
      return;
    }
    loaded
        .config()
        .teachers()
        .forEach(
            (role, teacher) -> {
              try {
                Teachers.named(teacher.provider());
                findings.add(Finding.fine(role.label(), teacher.provider()));
              } catch (InvalidConfigException e) {
                findings.add(Finding.broken(role.label(), e.getMessage()));
              }
            });
  }

  private void spark() {
    try {
      findings.add(countWithSpark());
    } catch (RuntimeException e) {
      findings.add(
          Finding.broken(
              "Spark", package$.MODULE$.SPARK_VERSION() + " does not start: " + RootCause.text(e)));
    }
  }

  private static Finding countWithSpark() {
    SparkSession spark = SparkSessions.open("sightmill doctor", Map.of());
    try {
      long rows = spark.range(0, 1_000, 1, 2).count();
      String text =
          "%s on %s, built for %s, counted %,d rows"
              .formatted(
                  spark.version(), spark.sparkContext().master(), BuildInfo.read().spark(), rows);
      return spark.version().equals(BuildInfo.read().spark())
          ? Finding.fine("Spark", text)
          : Finding.lacking("Spark", text);
    } finally {
      spark.stop();
    }
  }
}
