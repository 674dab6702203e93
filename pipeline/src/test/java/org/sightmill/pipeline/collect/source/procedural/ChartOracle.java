package org.sightmill.pipeline.collect.source.procedural;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a chart question from its words and the chart's values. */
final class ChartOracle {
  private static final Pattern VALUE = Pattern.compile("does the chart show for (.+)\\?");
  private static final Pattern TOGETHER = Pattern.compile(" do (.+) and (.+) make together\\?");
  private static final Pattern GAP = Pattern.compile(" do (.+) and (.+) differ for (.+)\\?");
  private static final Pattern DIFFERENCE = Pattern.compile(" do (.+) and (.+) differ\\?");

  private ChartOracle() {}

  private static Map<String, Integer> series(JsonNode chart, int index) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (int i = 0; i < chart.get("categories").size(); i++) {
      values.put(
          chart.get("categories").get(i).asText(),
          chart.get("series").get(index).get("values").get(i).asInt());
    }
    return values;
  }

  static String answer(JsonNode chart, String question) {
    Map<String, Integer> first = series(chart, 0);
    if (question.contains("is the gap between")) {
      return top(differences(first, series(chart, 1)), 0);
    }
    if (question.startsWith("By ")
        || question.startsWith("How many ")
        || question.startsWith("What percentage ")) {
      boolean pie = chart.get("look").asText().equals("pie");
      return number(chart, question, first) + (pie ? "%" : "");
    }
    if (question.contains("lowest") || question.contains("smallest")) {
      return top(first, first.size() - 1);
    }
    return top(first, question.contains("second") ? 1 : 0);
  }

  private static int number(JsonNode chart, String question, Map<String, Integer> first) {
    Matcher value = VALUE.matcher(question);
    Matcher together = TOGETHER.matcher(question);
    Matcher gap = GAP.matcher(question);
    Matcher difference = DIFFERENCE.matcher(question);
    if (value.find()) {
      return first.get(value.group(1));
    }
    if (together.find()) {
      return first.get(together.group(1)) + first.get(together.group(2));
    }
    if (gap.find()) {
      return Math.abs(first.get(gap.group(3)) - series(chart, 1).get(gap.group(3)));
    }
    if (difference.find()) {
      return Math.abs(first.get(difference.group(1)) - first.get(difference.group(2)));
    }
    throw new IllegalArgumentException("unknown question: " + question);
  }

  private static Map<String, Integer> differences(Map<String, Integer> a, Map<String, Integer> b) {
    Map<String, Integer> differences = new LinkedHashMap<>();
    a.forEach((name, value) -> differences.put(name, Math.abs(value - b.get(name))));
    return differences;
  }

  private static String top(Map<String, Integer> values, int rank) {
    List<String> names = new ArrayList<>(values.keySet());
    names.sort((p, q) -> Integer.compare(values.get(q), values.get(p)));
    return names.get(rank);
  }
}
