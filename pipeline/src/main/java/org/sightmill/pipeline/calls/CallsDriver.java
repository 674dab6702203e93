package org.sightmill.pipeline.calls;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** The driver's end of the plugin. */
final class CallsDriver implements DriverPlugin {
  private final CallDesk desk = new CallDesk();

  @Override
  public Map<String, String> init(SparkContext spark, PluginContext context) {
    CallDesk.install(desk);
    spark.addSparkListener(desk.watch());
    spark.addSparkListener(
        new SparkListener() {
          @Override
          public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
            desk.executorGone(removed.executorId());
          }
        });
    return Map.of();
  }

  @Override
  public void registerMetrics(String applicationId, PluginContext context) {
    desk.registerMetrics(context.metricRegistry());
  }

  @Override
  public Object receive(Object message) {
    return desk.lease((String) message);
  }

  @Override
  public void shutdown() {
    desk.close();
    CallDesk.uninstall(desk);
  }
}
