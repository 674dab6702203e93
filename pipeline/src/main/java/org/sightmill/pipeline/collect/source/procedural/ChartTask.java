package org.sightmill.pipeline.collect.source.procedural;

import java.util.Locale;
import java.util.Map;
import org.sightmill.pipeline.sample.Choices;

/**
 * Reading a chart.
 *
 * @param question the wording
 * @param choices the options
 * @param chosen position of the option that the viewer ends with: the true one, or a slip
 */
record ChartTask(Chart chart, Ask ask, Size size, String question, Choices choices, int chosen)
    implements Task {
  private static final int MISREAD_TRIES = 60;

  @Override
  public String answer() {
    return String.valueOf(Choices.letter(chosen));
  }

  @Override
  public String caption() {
    return chart.caption();
  }

  @Override
  public String scene() {
    return Json.object(
        Map.entry("chart", chart.json()),
        Map.entry("topic", Json.text(ask.topic().name().toLowerCase(Locale.ROOT))));
  }

  /** One value is read off wrongly; where that changes no option, the wrong letter is taken. */
  @Override
  public Task misread(Dice dice) {
    for (int i = 0; i < MISREAD_TRIES; i++) {
      Chart seen = seenWrongly(dice);
      int other = choices.options().indexOf(ask.answer(seen));
      if (ask.isClear(seen) && other >= 0 && other != chosen) {
        return new ChartTask(seen, ask, size, question, choices, other);
      }
    }
    int slip = (chosen + 1 + dice.below(choices.size() - 1)) % choices.size();
    return new ChartTask(chart, ask, size, question, choices, slip);
  }

  private Chart seenWrongly(Dice dice) {
    int half = Math.max(1, chart.step() / 2);
    int category =
        ask.isAboutCategory() ? dice.below(chart.count()) : dice.pickOf(ask.first(), ask.second());
    return chart.with(category, half * dice.from(1, chart.top() / half));
  }

  @Override
  public void explain(Voice voice) {
    ask.explain(chart, voice);
    String option = choices.options().get(chosen);
    voice.sayOneOf(
        "Among the options, that is " + answer() + " (" + option + ").",
        "Option " + answer() + " says " + option + ".",
        option + " is option " + answer() + ".");
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    new ChartPainter(canvas, chart, dice).paint();
  }
}
