package org.sightmill.pipeline.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * How a run came about, as Markdown for a card.
 *
 * @param steps the reports of the steps that are still there, in order
 * @param versions of the code, as the run has noted them; empty where it has not
 */
record RunHistory(List<StepReport> steps, Map<String, String> versions) {
  /** The part of a fingerprint that is the hash of a step's prompt. */
  private static final String PROMPT = "prompt";

  static RunHistory of(RunStore store, Configuration hadoop) {
    List<StepReport> steps = new ArrayList<>();
    for (StepName step : StepName.values()) {
      store.report(step).ifPresent(steps::add);
    }
    return new RunHistory(
        steps, versions(new Path(store.layout().runInfo(), "versions.json"), hadoop));
  }

  private static Map<String, String> versions(Path file, Configuration hadoop) {
    Map<String, String> versions = new TreeMap<>();
    try {
      FileSystem fileSystem = file.getFileSystem(hadoop);
      if (fileSystem.exists(file)) {
        try (InputStream in = fileSystem.open(file)) {
          JsonNode tree = Json.MAPPER.readTree(in);
          tree.properties()
              .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asText()));
        }
      }
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** A line a step: what came in, what went on, and why the rest did not. */
  String funnel() {
    return steps.stream().map(RunHistory::line).collect(Collectors.joining("\n"));
  }

  private static String line(StepReport step) {
    Map<String, Long> reasons = new TreeMap<>();
    for (ReasonCount reason : step.reasons()) {
      reasons.merge(reason.code().sentence(), reason.rows(), Long::sum);
    }
    String why =
        reasons.entrySet().stream()
            .map(entry -> "%s: %,d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    return "| %s | %,d | %,d | %s |"
        .formatted(
            step.step().label(),
            step.counts().read() + step.counts().expanded(),
            step.counts().out(),
            why);
  }

  /** A line for each step's prompt and for the code. */
  String hashes() {
    StringBuilder lines = new StringBuilder();
    for (StepReport step : steps) {
      step.fingerprintParts()
          .forEach(
              (name, value) -> {
                if (name.startsWith(PROMPT)) {
                  lines.append(
                      "| %s of step %s | `%s` |%n".formatted(name, step.step().label(), value));
                }
              });
    }
    if (versions.containsKey("git_commit")) {
      lines.append("| code, git commit | `%s` |%n".formatted(versions.get("git_commit")));
    }
    return lines.toString();
  }
}
