package org.sightmill.pipeline.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.sightmill.pipeline.teacher.log.ResponseLogs;

/** The executor's end of the plugin: its purses, and the end of its response log. */
final class CallsExecutor implements ExecutorPlugin {
  private static volatile Purses purses;

  /** This executor's purses; empty where the session has no plugin. */
  static Optional<Purses> purses() {
    return Optional.ofNullable(purses);
  }

  @Override
  public void init(PluginContext context, Map<String, String> settings) {
    purses = new Purses(context.executorID(), message -> ask(context, message));
  }

  private static String ask(PluginContext context, String message) {
    try {
      return (String) context.ask(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the driver did not answer: " + e, e);
    }
  }

  @Override
  public void shutdown() {
    ResponseLogs.closeAll();
    if (purses != null) {
      purses.close();
      purses = null;
    }
  }
}
