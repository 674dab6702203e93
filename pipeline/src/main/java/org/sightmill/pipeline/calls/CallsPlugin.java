package org.sightmill.pipeline.calls;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Connects executors with the driver for limits and money: {@code
 * spark.plugins=org.sightmill.pipeline.calls.CallsPlugin}. Nothing else is installed; {@code
 * local[N]} works the same way.
 */
public final class CallsPlugin implements SparkPlugin {
  /** For messages and sessions. */
  public static final String SETTING = "spark.plugins=" + CallsPlugin.class.getName();

  @Override
  public DriverPlugin driverPlugin() {
    return new CallsDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new CallsExecutor();
  }
}
