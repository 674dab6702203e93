package org.sightmill.jobs.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.Json;

/**
 * A training run to show.
 *
 * @param name as legends call it
 * @param folder with {@code metrics.jsonl} and, if there are any, {@code completions} in Parquet or
 *     JSON Lines
 */
public record TrainingRun(String name, Path folder) {
  /** The run log. */
  public static final String METRICS = "metrics.jsonl";

  /** Names the step whose model is left, where it was chosen. */
  private static final String CHOSEN = "chosen.json";

  private static final String DEVICES = "devices.json";

  /** More points than a chart has pixels say nothing more. */
  private static final int MAX_POINTS = 400;

  /** Steps with their numbers, a long run thinned to means of equal stretches, and its totals. */
  Map<String, Object> curves(Configuration hadoop) throws IOException {
    List<Map<String, Double>> points = points(hadoop);
    return Map.of("name", name, "points", thinned(points), "totals", totals(points, hadoop));
  }

  /** What it took. */
  TrainingTotals totals(Configuration hadoop) throws IOException {
    return totals(points(hadoop), hadoop);
  }

  private TrainingTotals totals(List<Map<String, Double>> points, Configuration hadoop)
      throws IOException {
    return TrainingTotals.of(
        points,
        ReportSources.json(new Path(folder, CHOSEN), hadoop),
        ReportSources.json(new Path(folder, DEVICES), hadoop));
  }

  private List<Map<String, Double>> points(Configuration hadoop) throws IOException {
    List<Map<String, Double>> points = new ArrayList<>();
    Path file = new Path(folder, METRICS);
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Map<String, Double> point = numbers(line);
        if (point.containsKey("step")) {
          points.add(point);
        }
      }
    }
    return points;
  }

  private static Map<String, Double> numbers(String line) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (!line.isBlank()) {
      Json.MAPPER
          .readTree(line)
          .fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isNumber()) {
                  numbers.put(field.getKey(), field.getValue().asDouble());
                }
              });
    }
    return numbers;
  }

  private static List<Map<String, Double>> thinned(List<Map<String, Double>> points) {
    int stretch = (points.size() + MAX_POINTS - 1) / MAX_POINTS;
    if (stretch <= 1) {
      return points;
    }
    List<Map<String, Double>> thin = new ArrayList<>();
    for (int from = 0; from < points.size(); from += stretch) {
      thin.add(mean(points.subList(from, Math.min(points.size(), from + stretch))));
    }
    return thin;
  }

  private static Map<String, Double> mean(List<Map<String, Double>> stretch) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (Map<String, Double> point : stretch) {
      point.forEach(
          (name, value) -> {
            double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
            sum[0] += value;
            sum[1]++;
          });
    }
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
    return means;
  }
}
