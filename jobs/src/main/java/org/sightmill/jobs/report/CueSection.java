package org.sightmill.jobs.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.curate.CurateConfig;
import org.sightmill.pipeline.step.DataFile;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepReport;

/** Self-reflection cues counted: rows of each source that hold a cue. Reads two columns. */
final class CueSection {
  private CueSection() {}

  /** A heat map over the rows with cues; empty when no row has one. */
  static List<Map<String, Object>> ofData(RunLayout layout, StepReport curate, Configuration hadoop)
      throws IOException {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (DataFile file : curate.files()) {
      if (file.path().startsWith("aha")) {
        new ParquetScan(hadoop, List.of("source", "aha_cues"))
            .read(
                new Path(layout.step(curate.step()), file.path()),
                row -> {
                  add(counts, String.valueOf(row.get("source")), row.get("aha_cues"));
                  return true;
                });
      }
    }
    return heatMap("Rows with a cue, by source", "source", counts);
  }

  private static void add(Map<String, Map<String, Long>> counts, String source, Object cues) {
    if (cues instanceof List<?> list) {
      Map<String, Long> row = counts.computeIfAbsent(source, s -> new TreeMap<>());
      list.forEach(cue -> row.merge(cue.toString(), 1L, Long::sum));
    }
  }

  /** Rows by columns, as the page wants it; columns in the order of the paper's list. */
  static List<Map<String, Object>> heatMap(
      String title, String rowsAre, Map<String, Map<String, Long>> counts) {
    if (counts.isEmpty()) {
      return List.of();
    }
    List<String> cues = new ArrayList<>(CurateConfig.DEFAULT_CUES);
    counts
        .values()
        .forEach(row -> row.keySet().stream().filter(c -> !cues.contains(c)).forEach(cues::add));
    List<String> columns =
        cues.stream()
            .filter(c -> counts.values().stream().anyMatch(r -> r.containsKey(c)))
            .toList();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("title", title);
    map.put("rows_are", rowsAre);
    map.put("columns", columns);
    map.put("rows", List.copyOf(counts.keySet()));
    map.put(
        "values",
        counts.values().stream()
            .map(row -> columns.stream().map(c -> row.getOrDefault(c, 0L)).toList())
            .toList());
    return List.of(map);
  }
}
