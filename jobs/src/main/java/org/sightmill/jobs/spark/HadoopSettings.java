package org.sightmill.jobs.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop's configuration as Spark would make it, for work that needs no Spark. */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /**
   * The files on the class path and {@code spark.hadoop.*} of the system properties; where Spark
   * runs, on executors too, what the application has.
   */
  public static Configuration fromProperties() {
    SparkEnv running = SparkEnv.get();
    if (running != null) {
      return SparkHadoopUtil.get().newConfiguration(running.conf());
    }
    Configuration hadoop = new Configuration();
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(PREFIX)) {
                hadoop.set(name.substring(PREFIX.length()), System.getProperty(name));
              }
            });
    return hadoop;
  }
}
