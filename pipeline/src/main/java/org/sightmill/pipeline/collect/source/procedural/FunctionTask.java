package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sightmill.pipeline.sample.Choices;

/**
 * Finding a function from its graph.
 *
 * @param window how far the axes reach
 * @param marked points on the graph with whole coordinates, enough to determine the function; for
 *     sines x counts quarter turns
 * @param question the wording
 */
record FunctionTask(
    Curve curve, Window window, List<Marked> marked, MarkLabels labels, String question)
    implements Task {

  /** The axes run from -x to x and from -y to y. */
  record Window(int x, int y) {}

  /** Whether the coordinates stand beside the marked points. */
  enum MarkLabels {
    WRITTEN,
    NONE
  }

  /** A point by its coordinates; {@code xText} is how x is written. */
  record Marked(double x, int y, String xText) {
    static Marked of(Curve curve, int x) {
      return new Marked(x, (int) Math.round(curve.at(x)), String.valueOf(x));
    }

    String text() {
      return "(" + xText + ", " + y + ")";
    }
  }

  FunctionTask {
    marked = List.copyOf(marked);
  }

  @Override
  public Choices choices() {
    return null;
  }

  @Override
  public String answer() {
    return curve.latex();
  }

  @Override
  public String spokenAnswer() {
    return "$" + answer() + "$";
  }

  @Override
  public String caption() {
    String points = Words.join(marked.stream().map(Marked::text).toList());
    String axes =
        isSine()
            ? "The x-axis is marked in multiples of π and the y-axis runs from "
            : "The x-axis runs from -" + window.x() + " to " + window.x() + " and the y-axis from ";
    return "A coordinate plane with the graph of "
        + Words.withArticle(curve.form().noun())
        + ". "
        + axes
        + -window.y()
        + " to "
        + window.y()
        + ". Marked points on the graph are "
        + points
        + "."
        + asymptotes();
  }

  private boolean isSine() {
    return curve.form() == Curve.Form.SINE;
  }

  private String asymptotes() {
    return switch (curve.form()) {
      case EXPONENTIAL -> " A dashed horizontal asymptote lies at y = " + curve.k() + ".";
      case RECIPROCAL ->
          " Dashed asymptotes lie at x = " + curve.h() + " and y = " + curve.k() + ".";
      default -> "";
    };
  }

  @Override
  public String scene() {
    return Json.object(
        Map.entry("form", Json.text(curve.form().name().toLowerCase(Locale.ROOT))),
        Map.entry("latex", Json.text(curve.latex())),
        Map.entry(
            "points",
            Json.array(marked, point -> "[" + Decimals.text(point.x(), 4) + "," + point.y() + "]")),
        Map.entry("x_max", String.valueOf(window.x())),
        Map.entry("y_max", String.valueOf(window.y())));
  }

  /** The sign is overlooked, or the graph is seen one unit too high or too low. */
  @Override
  public Task misread(Dice dice) {
    Curve seen = dice.chance(0.4) ? curve.flipped() : curve.lifted(dice.pickOf(-1, 1));
    return new FunctionTask(seen, window, remarked(seen), labels, question);
  }

  private List<Marked> remarked(Curve seen) {
    return marked.stream()
        .map(point -> new Marked(point.x(), (int) Math.round(seen.at(point.x())), point.xText()))
        .toList();
  }

  @Override
  public void explain(Voice voice) {
    new FunctionSolution(curve, marked).tell(voice);
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    new GraphPainter(canvas, this, dice).paint();
  }
}
