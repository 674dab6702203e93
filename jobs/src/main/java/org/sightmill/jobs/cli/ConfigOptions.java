package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.jobs.config.ConfigRequest;
import picocli.CommandLine.Option;

/** The options that every command over a run takes. */
final class ConfigOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "YAML file with the configuration")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {"a value over the file's, the key dotted:", "--set sources.0.limit=100"})
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--root",
      paramLabel = "URI",
      description = "where runs lie, any Hadoop URI (./sightmill-out)")
  private String root;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "the run's folder below the root (run, or the file's)")
  private String runId;

  @Option(names = "--verbose", description = "stack traces on the screen")
  private boolean verbose;

  /** What was said of the configuration. */
  ConfigRequest request() {
    SortedMap<String, String> arguments = new TreeMap<>();
    if (root != null) {
      arguments.put("root", root);
    }
    if (runId != null) {
      arguments.put("run_id", runId);
    }
    return new ConfigRequest(file, sets, arguments);
  }

  boolean verbose() {
    return verbose;
  }
}
