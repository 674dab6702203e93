package org.sightmill.pipeline;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** One local session for all tests of a JVM: starting one takes seconds. */
public final class TestSpark {
  private static SparkSession session;

  private TestSpark() {}

  /** The session, with two task slots. Tests must not stop it. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      session =
          local("local[2]")
              .config("spark.plugins", "org.sightmill.pipeline.calls.CallsPlugin")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.executor.heartbeatInterval", "2s")
              .config("spark.sql.warehouse.dir", "target/spark-warehouse")
              .getOrCreate();
      session.sparkContext().setLogLevel("WARN");
    }
    return session;
  }

  /**
   * A session of the test's own in the place of the shared one, of which a JVM has one at a time.
   * The test stops it.
   */
  public static synchronized SparkSession alone(String master, Map<String, Object> options) {
    session().stop();
    return local(master).config(options).getOrCreate();
  }

  private static SparkSession.Builder local(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("sightmill-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1");
  }
}
