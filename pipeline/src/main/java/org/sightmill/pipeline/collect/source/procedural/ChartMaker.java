package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sightmill.pipeline.sample.Choices;

/** Draws charts and questions with one right option; harder ones have more to compare. */
final class ChartMaker {
  private static final int SMALLEST_SHARE_PERCENT = 5;
  private static final int SMALLEST_SHARE_GAP_PERCENT = 4;

  private final Dice dice;
  private final double hardness;
  private final Size size;

  private ChartMaker(Dice dice, double hardness, Size size) {
    this.dice = dice;
    this.hardness = hardness;
    this.size = size;
  }

  static Task make(Dice dice, double hardness, Size size) {
    ChartMaker maker = new ChartMaker(dice, hardness, size);
    while (true) {
      Chart chart = maker.chart();
      Ask ask = maker.ask(chart);
      if (ask.isClear(chart)) {
        return maker.task(chart, ask);
      }
    }
  }

  private ChartTask task(Chart chart, Ask ask) {
    String right = ask.answer(chart);
    List<String> options = options(chart, ask, right);
    dice.shuffle(options);
    return new ChartTask(
        chart, ask, size, ask.question(chart, dice), new Choices(options), options.indexOf(right));
  }

  private Chart chart() {
    Theme theme = dice.pick(Theme.ALL);
    Chart.Look look = look(theme);
    int most = look == Chart.Look.PIE ? 6 : Math.min(8, theme.categories().size());
    int count = Math.min(most, 3 + dice.below(2) + (int) Math.round(3 * hardness));
    List<String> categories = categories(theme, count);
    if (look == Chart.Look.PIE) {
      Chart.Series shares = new Chart.Series("", shares(count));
      return new Chart(look, theme, categories, List.of(shares), 10, 100, print(0.6));
    }
    int step = dice.pickOf(2, 4, 10, 20, 40, 100);
    int ticks = dice.from(5, 8);
    Chart.Look fitting = ChartLayout.fits(categories, size) ? look : Chart.Look.BARS;
    List<Chart.Series> series = new ArrayList<>();
    boolean two = hardness > 0.4 && dice.chance(0.45);
    List<String> names = two ? dice.pick(Theme.PAIRS) : List.of("");
    for (String name : names) {
      series.add(new Chart.Series(name, values(count, step / 2, 2 * ticks)));
    }
    Chart.Print print =
        two || fitting == Chart.Look.LINE ? Chart.Print.NOTHING : print(0.7 - 0.6 * hardness);
    return new Chart(fitting, theme, categories, series, step, step * ticks, print);
  }

  private Chart.Look look(Theme theme) {
    return theme.order() == Theme.Order.TIME
        ? dice.pickOf(Chart.Look.LINE, Chart.Look.LINE, Chart.Look.COLUMNS)
        : dice.pickOf(Chart.Look.COLUMNS, Chart.Look.BARS, Chart.Look.PIE);
  }

  private Chart.Print print(double probability) {
    return dice.chance(probability) ? Chart.Print.VALUES : Chart.Print.NOTHING;
  }

  /** Those that follow in time stay in order. */
  private List<String> categories(Theme theme, int count) {
    List<String> all = new ArrayList<>(theme.categories());
    if (theme.order() == Theme.Order.TIME) {
      int start = dice.below(all.size() - count + 1);
      return all.subList(start, start + count);
    }
    dice.shuffle(all);
    return all.subList(0, count);
  }

  /** Different multiples of {@code unit}, so that no two marks are equally high. */
  private List<Integer> values(int count, int unit, int multiples) {
    List<Integer> all = new ArrayList<>();
    for (int i = 1; i <= multiples; i++) {
      all.add(i * unit);
    }
    dice.shuffle(all);
    return all.subList(0, count);
  }

  /** Percentages that add up to 100, any two far enough apart to be ranked by eye. */
  private List<Integer> shares(int count) {
    int[] rising = new int[count];
    int rest = 100;
    for (int i = 0; i < count; i++) {
      rising[i] = SMALLEST_SHARE_PERCENT + SMALLEST_SHARE_GAP_PERCENT * i;
      rest -= rising[i];
    }
    while (rest > 0) {
      int lowest = dice.from(Math.max(0, count - rest), count - 1);
      for (int i = lowest; i < count; i++) {
        rising[i]++;
        rest--;
      }
    }
    List<Integer> shares = new ArrayList<>(Arrays.stream(rising).boxed().toList());
    dice.shuffle(shares);
    return shares;
  }

  private Ask ask(Chart chart) {
    int first = dice.below(chart.count());
    int second = (first + 1 + dice.below(chart.count() - 1)) % chart.count();
    return new Ask(topic(chart), first, second);
  }

  private Ask.Topic topic(Chart chart) {
    if (chart.hasTwoSeries()) {
      return dice.pickOf(Ask.Topic.WIDEST_GAP, Ask.Topic.GAP);
    }
    boolean unreadable = chart.look() == Chart.Look.PIE && chart.print() == Chart.Print.NOTHING;
    if (unreadable) {
      return dice.pickOf(Ask.Topic.HIGHEST, Ask.Topic.LOWEST, Ask.Topic.SECOND_HIGHEST);
    }
    return hardness < 0.4
        ? dice.pickOf(Ask.Topic.HIGHEST, Ask.Topic.LOWEST, Ask.Topic.VALUE)
        : dice.pickOf(
            Ask.Topic.SECOND_HIGHEST,
            Ask.Topic.LOWEST,
            Ask.Topic.VALUE,
            Ask.Topic.DIFFERENCE,
            Ask.Topic.SUM);
  }

  private List<String> options(Chart chart, Ask ask, String right) {
    int count = hardness > 0.7 ? 5 : 4;
    Set<String> options = new LinkedHashSet<>();
    options.add(right);
    if (ask.isAboutCategory()) {
      List<String> others = new ArrayList<>(chart.categories());
      dice.shuffle(others);
      others.stream().limit(count).forEach(options::add);
      return new ArrayList<>(options).subList(0, Math.min(count, options.size()));
    }
    int unit = Math.max(2, chart.step() / 2);
    String ending = chart.look() == Chart.Look.PIE ? "%" : "";
    while (options.size() < count) {
      int near = ask.number(chart) + unit * dice.from(-4, 4);
      if (near > 0) {
        options.add(near + ending);
      }
    }
    return new ArrayList<>(options);
  }
}
