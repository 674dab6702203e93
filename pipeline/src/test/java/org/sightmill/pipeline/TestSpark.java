package org.sightmill.pipeline;

import org.apache.spark.sql.SparkSession;

/** One local session for all tests of a JVM: starting one takes seconds. */
public final class TestSpark {
  private static SparkSession session;

  private TestSpark() {}

  /** The session, with two task slots. Tests must not stop it. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("sightmill-tests")
              .config("spark.ui.enabled", "false")
              .config("spark.plugins", "org.sightmill.pipeline.calls.CallsPlugin")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.executor.heartbeatInterval", "2s")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.warehouse.dir", "target/spark-warehouse")
              .getOrCreate();
      session.sparkContext().setLogLevel("WARN");
    }
    return session;
  }
}
