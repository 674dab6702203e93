package org.sightmill.jobs.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.calls.CallsPlugin;

/** Opens the one session of a command. */
public final class SparkSessions {
  /** Spark's own pattern, and the keys it misses. */
  static final String REDACTION =
      "(?i)secret|password|token|access[.]?key|api[._-]?key|authorization|credential";

  /** What spark-submit calls an application that nobody named. */
  private static final String MAIN_CLASS = "org.sightmill.jobs.cli.Sightmill";

  private static final URI LOCAL_FILES = URI.create("file:///");

  private SparkSessions() {}

  /**
   * A session. What spark-submit or system properties set wins over {@code settings}, those over
   * what Sightmill sets. The master is never overridden; where nothing names one it is this
   * machine.
   */
  public static SparkSession open(String name, Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::setIfMissing);
    defaults(conf).forEach(conf::setIfMissing);
    if (conf.get("spark.app.name", MAIN_CLASS).equals(MAIN_CLASS)) {
      conf.set("spark.app.name", name);
    }
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    spark.sparkContext().setLogLevel(conf.get("spark.log.level", "WARN"));
    settleLocalFiles(spark.sparkContext().hadoopConfiguration());
    return spark;
  }

  /**
   * The process has one local file system, with the settings of whoever asked for it first: the
   * check of a configuration, or spark-submit. It gets those of the session.
   */
  private static void settleLocalFiles(Configuration hadoop) {
    try {
      FileSystem.get(LOCAL_FILES, hadoop).setConf(hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the local file system", e);
    }
  }

  private static Map<String, String> defaults(SparkConf conf) {
    Map<String, String> defaults = new TreeMap<>();
    if (!conf.contains("spark.master")) {
      defaults.put("spark.master", "local[*]");
      defaults.put("spark.driver.host", "localhost");
      defaults.put("spark.driver.bindAddress", "127.0.0.1");
    }
    if (conf.get("spark.master", "local").startsWith("local")) {
      // A web server for one command on one machine: on request only.
      defaults.put("spark.ui.enabled", "false");
      // Adaptive execution joins small partitions; these bound the tasks before it does.
      defaults.put("spark.sql.shuffle.partitions", "16");
    }
    // HotSpot leaves longer methods to its interpreter, and the one that writes a whole row is
    // long.
    defaults.put("spark.sql.codegen.hugeMethodLimit", "8000");
    // Hadoop's local file system writes nine checksummed pieces at a time: 4.6 KB as it comes.
    defaults.put("spark.hadoop.file.bytes-per-checksum", "65536");
    defaults.put(
        "spark.plugins", CallsPlugin.class.getName() + "," + MetricsPlugin.class.getName());
    defaults.put("spark.redaction.regex", REDACTION);
    defaults.put("spark.ui.showConsoleProgress", "false");
    defaults.put("spark.sql.session.timeZone", "UTC");
    defaults.put("spark.executor.heartbeatInterval", "2s");
    CommonPool.executorOption(conf.getInt("spark.executor.cores", 0))
        .ifPresent(option -> defaults.put("spark.executor.defaultJavaOptions", option));
    return defaults;
  }
}
