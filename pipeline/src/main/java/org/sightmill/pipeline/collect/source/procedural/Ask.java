package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;

/**
 * A question about a chart.
 *
 * @param topic what is asked
 * @param first a category's position, where the topic needs one
 * @param second another category's position, where the topic needs two
 */
record Ask(Topic topic, int first, int second) {

  /** What can be asked. Those above VALUE are answered by a category, the others by a number. */
  enum Topic {
    HIGHEST,
    LOWEST,
    SECOND_HIGHEST,
    WIDEST_GAP,
    VALUE,
    DIFFERENCE,
    SUM,
    GAP
  }

  boolean isAboutCategory() {
    return topic.compareTo(Topic.VALUE) < 0;
  }

  String question(Chart chart, Dice dice) {
    String kind = chart.theme().kind();
    String one = chart.categories().get(first);
    String two = chart.categories().get(second);
    String share =
        chart.look() == Chart.Look.PIE ? "what percentage" : "how many " + chart.theme().unit();
    return switch (topic) {
      case HIGHEST ->
          dice.pickOf(
              "Which " + kind + " has the highest value?",
              "In the chart, which " + kind + " comes first by value?",
              "Which " + kind + " stands out with the greatest value?");
      case LOWEST ->
          dice.pickOf(
              "Which " + kind + " has the lowest value?",
              "In the chart, which " + kind + " has the smallest value?");
      case SECOND_HIGHEST ->
          dice.pickOf(
              "Which " + kind + " has the second highest value?",
              "Which " + kind + " comes second when the values are ranked from the highest down?");
      case WIDEST_GAP ->
          "For which "
              + kind
              + " is the gap between "
              + name(chart, 0)
              + " and "
              + name(chart, 1)
              + " the widest?";
      case VALUE -> Words.capital(share) + of(chart) + " does the chart show for " + one + "?";
      case DIFFERENCE -> "By " + share + of(chart) + " do " + one + " and " + two + " differ?";
      case SUM ->
          Words.capital(share) + of(chart) + " do " + one + " and " + two + " make together?";
      case GAP ->
          "By "
              + share
              + " do "
              + name(chart, 0)
              + " and "
              + name(chart, 1)
              + " differ for "
              + one
              + "?";
    };
  }

  /** The answer as the text of an option. */
  String answer(Chart chart) {
    if (isAboutCategory()) {
      return chart.categories().get(category(chart));
    }
    return number(chart) + (chart.look() == Chart.Look.PIE ? "%" : "");
  }

  /** The answering category's position. */
  int category(Chart chart) {
    List<Integer> ranking = chart.ranking();
    return switch (topic) {
      case HIGHEST -> ranking.get(0);
      case LOWEST -> ranking.get(ranking.size() - 1);
      case SECOND_HIGHEST -> ranking.get(1);
      default -> widestGap(chart);
    };
  }

  int number(Chart chart) {
    return switch (topic) {
      case VALUE -> chart.value(first);
      case DIFFERENCE -> Math.abs(chart.value(first) - chart.value(second));
      case SUM -> chart.value(first) + chart.value(second);
      default -> gap(chart, first);
    };
  }

  /** Whether exactly one answer is right. */
  boolean isClear(Chart chart) {
    if (topic == Topic.WIDEST_GAP) {
      int widest = gap(chart, widestGap(chart));
      return gaps(chart).stream().filter(gap -> 2 * (widest - gap) < chart.step()).count() == 1;
    }
    return chart.series().get(0).values().stream().distinct().count() == chart.count()
        && (isAboutCategory() || number(chart) > 0);
  }

  /** Tells how the chart leads to the answer. */
  void explain(Chart chart, Voice voice) {
    voice.see("this is a " + chart.look().word() + " about " + lower(chart.theme().title()));
    switch (topic) {
      case HIGHEST, LOWEST, SECOND_HIGHEST -> explainRanking(chart, voice);
      case WIDEST_GAP -> explainGaps(chart, voice);
      default -> explainNumber(chart, voice);
    }
  }

  private void explainRanking(Chart chart, Voice voice) {
    List<String> readings = new ArrayList<>();
    for (int i = 0; i < chart.count(); i++) {
      readings.add(chart.categories().get(i) + " at " + chart.quantity(chart.value(i)));
    }
    voice.see("the values are " + Words.join(readings));
    List<Integer> ranking = chart.ranking();
    int hit = category(chart);
    String name = chart.categories().get(hit);
    String value = chart.quantity(chart.value(hit));
    voice.doubt("ranked from the highest down, I get " + names(chart, ranking));
    switch (topic) {
      case HIGHEST ->
          voice.sayOneOf(
              "No other value is above the " + value + " of " + name + ".",
              "The highest of these is " + name + " with " + value + ".",
              name + " leads with " + value + ".");
      case LOWEST ->
          voice.sayOneOf(
              "Nothing lies below " + name + " with " + value + ".",
              "The lowest of these is " + name + " with " + value + ".");
      default ->
          voice.sayOneOf(
              chart.categories().get(ranking.get(0))
                  + " comes first, and "
                  + name
                  + " follows with "
                  + value
                  + ".",
              "Only "
                  + chart.categories().get(ranking.get(0))
                  + " is above "
                  + name
                  + ", which has "
                  + value
                  + ".");
    }
  }

  private void explainGaps(Chart chart, Voice voice) {
    List<String> sums = new ArrayList<>();
    for (int i = 0; i < chart.count(); i++) {
      int larger = Math.max(chart.value(0, i), chart.value(1, i));
      int smaller = Math.min(chart.value(0, i), chart.value(1, i));
      sums.add(
          chart.categories().get(i) + " " + larger + " - " + smaller + " = " + (larger - smaller));
    }
    voice.see(
        "the two values of each "
            + chart.theme().kind()
            + " differ as follows: "
            + Words.join(sums));
    int hit = category(chart);
    voice.doubt(
        "for "
            + chart.categories().get(hit)
            + " the two marks lie "
            + gap(chart, hit)
            + " apart, and no pair lies further apart");
    voice.sayOneOf(
        "The widest gap is the " + gap(chart, hit) + " of " + chart.categories().get(hit) + ".",
        "So " + chart.categories().get(hit) + " has the widest gap, " + gap(chart, hit) + ".");
  }

  private void explainNumber(Chart chart, Voice voice) {
    String one = chart.categories().get(first);
    if (topic == Topic.VALUE) {
      explainValue(chart, voice, one);
      return;
    }
    boolean gap = topic == Topic.GAP;
    int a = chart.value(first);
    int b = gap ? chart.value(1, first) : chart.value(second);
    String nameA = gap ? name(chart, 0) : one;
    String nameB = gap ? name(chart, 1) : chart.categories().get(second);
    voice.see((gap ? "for " + one + ", " : "") + nameA + " has " + chart.quantity(a));
    voice.see(nameB + " has " + chart.quantity(b));
    String sum =
        topic == Topic.SUM
            ? a + " + " + b + " = " + (a + b)
            : Math.max(a, b) + " - " + Math.min(a, b) + " = " + Math.abs(a - b);
    voice.doubt("reading both values off the chart, I find " + a + " and " + b);
    voice.sayOneOf("That gives " + sum + ".", "Now " + sum + ".", "The arithmetic is " + sum + ".");
  }

  private void explainValue(Chart chart, Voice voice, String category) {
    int value = chart.value(first);
    if (chart.look() == Chart.Look.PIE) {
      voice.see("the slice for " + category + " is marked " + value + "%");
      voice.doubt(
          "its colour in the legend belongs to " + category + " and it says " + value + "%");
    } else {
      voice.see("the mark for " + category + " ends at " + chart.quantity(value));
      voice.doubt("following the mark of " + category + " over to the scale gives " + value);
    }
  }

  private static String names(Chart chart, List<Integer> positions) {
    return Words.join(positions.stream().map(chart.categories()::get).toList());
  }

  private static String lower(String title) {
    return Character.toLowerCase(title.charAt(0)) + title.substring(1);
  }

  private static String name(Chart chart, int series) {
    return chart.series().get(series).name();
  }

  private static String of(Chart chart) {
    return chart.look() == Chart.Look.PIE ? " of the total" : "";
  }

  private static int gap(Chart chart, int category) {
    return Math.abs(chart.value(0, category) - chart.value(1, category));
  }

  private static List<Integer> gaps(Chart chart) {
    List<Integer> gaps = new ArrayList<>();
    for (int i = 0; i < chart.count(); i++) {
      gaps.add(gap(chart, i));
    }
    return gaps;
  }

  private static int widestGap(Chart chart) {
    List<Integer> gaps = gaps(chart);
    int widest = 0;
    for (int i = 1; i < gaps.size(); i++) {
      widest = gaps.get(i) > gaps.get(widest) ? i : widest;
    }
    return widest;
  }
}
