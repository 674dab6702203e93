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

  /** More points than a chart has pixels say nothing more. */
  private static final int MAX_POINTS = 400;

  /** Steps with their numbers; a long run is thinned to means of equal stretches. */
  Map<String, Object> curves(Configuration hadoop) throws IOException {
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
    return Map.of("name", name, "points", thinned(points));
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
