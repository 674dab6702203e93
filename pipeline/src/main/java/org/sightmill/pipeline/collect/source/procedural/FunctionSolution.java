package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;
import org.sightmill.pipeline.collect.source.procedural.FunctionTask.Marked;

/** Derives a function from the points on its graph, in words. */
record FunctionSolution(Curve curve, List<Marked> marked) {

  void tell(Voice voice) {
    voice.see("the graph goes through " + Words.join(marked.stream().map(Marked::text).toList()));
    switch (curve.form()) {
      case LINE -> tellLine(voice);
      case PARABOLA, VERTEX, ABSOLUTE, CUBIC, ROOT -> tellMoved(voice);
      case EXPONENTIAL -> tellExponential(voice);
      case RECIPROCAL -> tellReciprocal(voice);
      case SINE -> tellSine(voice);
    }
    Marked other = marked.get(marked.size() - 1);
    voice.doubt(
        "putting x = " + other.xText() + " into $" + curve.latex() + "$ gives y = " + other.y());
  }

  private void tellLine(Voice voice) {
    Marked p = marked.get(0);
    Marked q = marked.get(1);
    int run = (int) (q.x() - p.x());
    int rise = q.y() - p.y();
    String slope = curve.a().latex();
    voice.sayOneOf(
        "From "
            + p.text()
            + " to "
            + q.text()
            + " the graph moves "
            + run
            + " to the right and changes by "
            + rise
            + " in y, so $m="
            + quotient(rise, run)
            + "$.",
        "The slope is the change in y over the change in x, $" + quotient(rise, run) + "$.",
        "Going "
            + run
            + " to the right changes y by "
            + rise
            + ", which is a slope of $"
            + slope
            + "$.");
    voice.doubt(
        "the change in y between the two points is "
            + q.y()
            + " - "
            + bracketed(p.y())
            + " = "
            + rise);
    voice.sayOneOf(
        "It meets the y-axis at y = " + curve.k() + ", so $b=" + curve.k() + "$.",
        "The y-intercept is " + curve.k() + ".");
  }

  /** For forms with a special point (h, k) and one scale. */
  private void tellMoved(Voice voice) {
    Marked special = marked.get(0);
    Marked other = marked.get(1);
    String name =
        switch (curve.form()) {
          case CUBIC -> "point of symmetry";
          case ROOT -> "starting point";
          case ABSOLUTE -> "corner";
          default -> "vertex";
        };
    voice.sayOneOf(
        "The "
            + name
            + " is "
            + special.text()
            + ", so $h="
            + curve.h()
            + "$ and $k="
            + curve.k()
            + "$.",
        "I read the " + name + " off at " + special.text() + ".",
        "Its " + name + " lies at " + special.text() + ", which fixes the shift.");
    int rise = other.y() - special.y();
    int run = (int) (other.x() - special.x());
    voice.sayOneOf(
        "At "
            + other.text()
            + " the graph is "
            + run
            + " away in x and "
            + rise
            + " in y, so $"
            + rise
            + "="
            + scaled(run)
            + "$ and $a="
            + curve.a().latex()
            + "$.",
        "Using "
            + other.text()
            + ", I need $"
            + scaled(run)
            + "="
            + rise
            + "$, hence $a="
            + curve.a().latex()
            + "$.");
    voice.doubt(
        "the graph "
            + (curve.a().sign() > 0 ? "rises" : "falls")
            + " to the right of that point, which fits $a="
            + curve.a().latex()
            + "$");
    if (curve.form() == Curve.Form.PARABOLA && curve.h() != 0) {
      Curve vertex = new Curve(Curve.Form.VERTEX, curve.a(), curve.h(), curve.k());
      voice.sayOneOf(
          "Expanding $" + vertex.latex() + "$ gives $" + curve.latex() + "$.",
          "Multiplied out, $" + vertex.latex() + "$ becomes $" + curve.latex() + "$.");
    }
  }

  /** The fraction as read, and its value where that looks different. */
  private static String quotient(int rise, int run) {
    String value = new Ratio(rise, run).latex();
    String read = "\\frac{" + rise + "}{" + run + "}";
    return run == 1 || read.equals(value) ? value : read + "=" + value;
  }

  private static String bracketed(int value) {
    return value < 0 ? "(" + value + ")" : String.valueOf(value);
  }

  private String scaled(int run) {
    String x = bracketed(run);
    return switch (curve.form()) {
      case ABSOLUTE -> "a\\cdot|" + run + "|";
      case ROOT -> "a\\cdot\\sqrt{" + run + "}";
      case CUBIC -> "a\\cdot" + x + "^3";
      default -> "a\\cdot" + x + "^2";
    };
  }

  private void tellExponential(Voice voice) {
    Marked start = marked.get(0);
    voice.sayOneOf(
        "The asymptote at y = " + curve.k() + " gives $k=" + curve.k() + "$.",
        "Far to the left the graph settles at y = " + curve.k() + ", so $k=" + curve.k() + "$.");
    voice.say(
        "At x = 0 the power is 1, so $a="
            + start.y()
            + "-("
            + curve.k()
            + ")="
            + curve.a().latex()
            + "$.");
    voice.doubt("one step to the right doubles the distance from the asymptote");
  }

  private void tellReciprocal(Voice voice) {
    Marked point = marked.get(0);
    int run = (int) (point.x() - curve.h());
    int rise = point.y() - curve.k();
    voice.sayOneOf(
        "The dashed lines show the asymptotes x = " + curve.h() + " and y = " + curve.k() + ".",
        "The branches approach x = "
            + curve.h()
            + " and y = "
            + curve.k()
            + ", so $h="
            + curve.h()
            + "$ and $k="
            + curve.k()
            + "$.");
    voice.say(
        "At "
            + point.text()
            + " the distances from them are "
            + run
            + " and "
            + rise
            + ", so $a="
            + run
            + "\\cdot("
            + rise
            + ")="
            + curve.a().latex()
            + "$.");
    voice.doubt(
        "the branches lie "
            + (curve.a().sign() > 0 ? "upper right and lower left" : "upper left and lower right")
            + " of the crossing of the asymptotes");
  }

  private void tellSine(Voice voice) {
    Marked middle = marked.get(0);
    Marked quarter = marked.get(1);
    voice.sayOneOf(
        "At x = 0 the sine is 0, so the graph's height there, " + middle.y() + ", is $k$.",
        "The midline is at the height over x = 0, which is y = " + middle.y() + ".");
    voice.say(
        "A quarter turn later, at "
            + quarter.text()
            + ", the sine is 1, so $a="
            + quarter.y()
            + "-("
            + middle.y()
            + ")="
            + curve.a().latex()
            + "$.");
    voice.doubt(
        "the wave swings by " + Math.abs(curve.a().numerator()) + " to both sides of its midline");
  }
}
