package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The data of a chart and how it is drawn.
 *
 * @param categories in the order drawn
 * @param series one or two
 * @param step the distance of the axis ticks; values are multiples of half of it
 * @param top the end of the axis; for pies 100
 * @param print whether each value stands beside its mark
 */
record Chart(
    Look look,
    Theme theme,
    List<String> categories,
    List<Series> series,
    int step,
    int top,
    Print print) {

  enum Look {
    COLUMNS("bar chart"),
    BARS("horizontal bar chart"),
    LINE("line chart"),
    PIE("pie chart");

    private final String word;

    Look(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  enum Print {
    VALUES,
    NOTHING
  }

  /** Values in the order of the categories; the name is empty when there is only one series. */
  record Series(String name, List<Integer> values) {
    Series {
      values = List.copyOf(values);
    }
  }

  Chart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
  }

  int count() {
    return categories.size();
  }

  int value(int category) {
    return value(0, category);
  }

  int value(int inSeries, int category) {
    return series.get(inSeries).values().get(category);
  }

  boolean hasTwoSeries() {
    return series.size() > 1;
  }

  /** The value with its unit: {@code 35 visitors}, or {@code 35%} in a pie. */
  String quantity(int value) {
    return value + (look == Look.PIE ? "%" : " " + theme.unit());
  }

  /** Positions of the categories, those with the greatest value of the first series first. */
  List<Integer> ranking() {
    return IntStream.range(0, count())
        .boxed()
        .sorted((a, b) -> Integer.compare(value(b), value(a)))
        .toList();
  }

  /** This chart with one value of the first series seen otherwise. */
  Chart with(int category, int value) {
    List<Integer> values = new ArrayList<>(series.get(0).values());
    values.set(category, value);
    List<Series> changed = new ArrayList<>(series);
    changed.set(0, new Series(series.get(0).name(), values));
    return new Chart(look, theme, categories, changed, step, top, print);
  }

  String caption() {
    StringBuilder text = new StringBuilder("A ").append(look.word());
    text.append(" titled \"").append(theme.title()).append("\". ");
    for (Series one : series) {
      List<String> parts = new ArrayList<>(count());
      for (int i = 0; i < count(); i++) {
        parts.add(categories.get(i) + " " + one.values().get(i) + (look == Look.PIE ? "%" : ""));
      }
      text.append(
          one.name().isEmpty() ? "The values are " : "For " + one.name() + " the values are ");
      text.append(Words.join(parts)).append(". ");
    }
    if (look != Look.PIE) {
      text.append("The axis counts ").append(theme.unit());
      text.append(" from 0 to ").append(top).append(" in steps of ").append(step).append(".");
    }
    return text.toString().strip();
  }

  String json() {
    return Json.object(
        Map.entry("look", Json.text(look.name().toLowerCase(Locale.ROOT))),
        Map.entry("title", Json.text(theme.title())),
        Map.entry("unit", Json.text(theme.unit())),
        Map.entry("categories", Json.array(categories, Json::text)),
        Map.entry(
            "series",
            Json.array(
                series,
                one ->
                    Json.object(
                        Map.entry("name", Json.text(one.name())),
                        Map.entry("values", Json.array(one.values(), String::valueOf))))));
  }
}
