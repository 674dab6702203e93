package org.sightmill.jobs.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.curate.CurateConfig;
import org.sightmill.pipeline.step.Json;

/** The completions of a training run: the best, the worst, and the cues in all of them. */
final class RolloutSection {
  private static final int SHOWN = 3;
  private static final int MAX_CHARS = 4_000;

  /** The names that run logs use for the same thing. */
  private static final List<String> COMPLETION = List.of("completion", "text", "response");

  private static final List<String> QUESTION = List.of("question", "prompt");
  private static final List<String> OTHERS = List.of("step", "reward", "gold", "answer", "verdict");

  private static final Comparator<Map<String, Object>> BY_REWARD =
      Comparator.<Map<String, Object>>comparingDouble(row -> (Double) row.get("reward"))
          .thenComparingDouble(row -> (Double) row.get("step"));

  private final PriorityQueue<Map<String, Object>> best = new PriorityQueue<>(BY_REWARD);
  private final PriorityQueue<Map<String, Object>> worst =
      new PriorityQueue<>(
          Comparator.<Map<String, Object>>comparingDouble(row -> -(Double) row.get("reward"))
              .thenComparingDouble(row -> (Double) row.get("step")));
  private final Map<String, Long> cues = new TreeMap<>();

  private RolloutSection() {}

  /** Reads a run's rollouts once. */
  static RolloutSection of(TrainingRun run, Configuration hadoop) throws IOException {
    RolloutSection section = new RolloutSection();
    for (String name : List.of("rollouts", "completions")) {
      section.readFolder(new Path(run.folder(), name), hadoop);
    }
    return section;
  }

  private void readFolder(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    if (!files.exists(folder)) {
      return;
    }
    for (FileStatus file : files.listStatus(folder)) {
      if (file.isDirectory()) {
        readFolder(file.getPath(), hadoop);
      } else if (file.getPath().getName().endsWith(".jsonl")) {
        readLines(file.getPath(), hadoop);
      } else if (file.getPath().getName().endsWith(".parquet")) {
        List<String> columns = new ArrayList<>(COMPLETION);
        columns.addAll(QUESTION);
        columns.addAll(OTHERS);
        new ParquetScan(hadoop, columns).read(file.getPath(), this::add);
      }
    }
  }

  private void readLines(Path file, Configuration hadoop) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          Map<String, Object> row = new LinkedHashMap<>();
          Json.MAPPER
              .readTree(line)
              .fields()
              .forEachRemaining(
                  field -> {
                    if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                      row.put(field.getKey(), field.getValue().asText());
                    }
                  });
          add(row);
        }
      }
    }
  }

  private boolean add(Map<String, Object> row) {
    String text = first(row, COMPLETION);
    if (!text.isEmpty() && row.containsKey("reward")) {
      count(text.toLowerCase(Locale.ROOT));
      Map<String, Object> shown = shown(row, text);
      keep(best, shown);
      keep(worst, shown);
    }
    return true;
  }

  private void count(String text) {
    CurateConfig.DEFAULT_CUES.stream()
        .filter(text::contains)
        .forEach(cue -> cues.merge(cue, 1L, Long::sum));
  }

  private static void keep(PriorityQueue<Map<String, Object>> queue, Map<String, Object> row) {
    queue.add(row);
    if (queue.size() > SHOWN) {
      queue.poll();
    }
  }

  private static Map<String, Object> shown(Map<String, Object> row, String text) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("step", Double.parseDouble(row.getOrDefault("step", "0").toString()));
    shown.put("reward", Double.parseDouble(row.get("reward").toString()));
    shown.put("question", cut(first(row, QUESTION)));
    shown.put("gold", row.getOrDefault("gold", row.getOrDefault("answer", "")));
    shown.put("verdict", row.getOrDefault("verdict", ""));
    shown.put("completion", cut(text));
    return shown;
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }

  private static String first(Map<String, Object> row, List<String> names) {
    return names.stream()
        .filter(row::containsKey)
        .map(name -> row.get(name).toString())
        .findFirst()
        .orElse("");
  }

  boolean isEmpty() {
    return best.isEmpty();
  }

  Map<String, Long> cues() {
    return cues;
  }

  Map<String, Object> extremes(String arm) {
    return Map.of(
        "name", arm,
        "best", best.stream().sorted(BY_REWARD.reversed()).toList(),
        "worst", worst.stream().sorted(BY_REWARD).toList());
  }
}
