package org.sightmill.jobs.spark;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's configuration as Spark would make it, for work that needs no Spark. */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /** The files on the class path and {@code spark.hadoop.*} of the system properties. */
  public static Configuration fromProperties() {
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
