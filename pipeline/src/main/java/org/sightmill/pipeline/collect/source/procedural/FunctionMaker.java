package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.pipeline.collect.source.procedural.FunctionTask.MarkLabels;
import org.sightmill.pipeline.collect.source.procedural.FunctionTask.Marked;
import org.sightmill.pipeline.collect.source.procedural.FunctionTask.Window;

/** Draws functions and the points that give them away; harder ones are of richer forms. */
final class FunctionMaker {
  private static final List<List<Curve.Form>> FORMS =
      List.of(
          List.of(Curve.Form.LINE),
          List.of(Curve.Form.LINE, Curve.Form.PARABOLA, Curve.Form.ABSOLUTE),
          List.of(Curve.Form.VERTEX, Curve.Form.ABSOLUTE, Curve.Form.PARABOLA),
          List.of(Curve.Form.PARABOLA, Curve.Form.ROOT, Curve.Form.EXPONENTIAL, Curve.Form.VERTEX),
          List.of(Curve.Form.RECIPROCAL, Curve.Form.CUBIC, Curve.Form.SINE, Curve.Form.ROOT));

  private FunctionMaker() {}

  /** Draws until the marked points lie inside the axes; most draws do. */
  static Task make(Dice dice, double hardness) {
    int band = (int) Math.round(hardness * (FORMS.size() - 1));
    Curve.Form form = dice.pick(FORMS.get(band));
    while (true) {
      Window window = new Window(dice.from(5, 8), dice.from(5, 9));
      Curve curve = curve(dice, form, hardness);
      List<Marked> marked = marked(dice, curve);
      if (marked.stream().allMatch(point -> isInside(point, window))) {
        MarkLabels labels =
            dice.chance(0.8 - 0.7 * hardness) ? MarkLabels.WRITTEN : MarkLabels.NONE;
        return new FunctionTask(curve, window, marked, labels, question(dice, form));
      }
    }
  }

  private static boolean isInside(Marked point, Window window) {
    return Math.abs(point.x()) < window.x() && Math.abs(point.y()) < window.y();
  }

  private static Curve curve(Dice dice, Curve.Form form, double hardness) {
    int sign = dice.pickOf(-1, 1);
    Ratio simple = hardness < 0.2 ? Ratio.of(sign * dice.from(1, 3)) : ratio(dice, sign);
    int k = dice.from(-4, 4);
    int h = dice.from(-3, 3);
    return switch (form) {
      case LINE -> new Curve(form, simple, 0, k);
      case PARABOLA -> new Curve(form, simple, hardness < 0.6 ? 0 : h, k);
      case VERTEX, ABSOLUTE -> new Curve(form, simple, h, k);
      case ROOT, SINE, EXPONENTIAL ->
          new Curve(form, Ratio.of(sign * dice.from(1, 3)), form == Curve.Form.ROOT ? h : 0, k);
      case RECIPROCAL -> new Curve(form, Ratio.of(sign * dice.from(1, 6)), h, dice.from(-3, 3));
      case CUBIC -> new Curve(form, dice.chance(0.5) ? Ratio.of(sign) : new Ratio(sign, 2), h, k);
    };
  }

  private static Ratio ratio(Dice dice, int sign) {
    return dice.chance(0.5)
        ? Ratio.of(sign * dice.from(1, 2))
        : new Ratio(sign * dice.pickOf(1, 1, 3), dice.pickOf(2, 2, 3));
  }

  /** First the special point (for lines: the intercept), then others that fix the scale. */
  private static List<Marked> marked(Dice dice, Curve curve) {
    List<Marked> marked = new ArrayList<>();
    int reach = curve.a().denominator() * dice.pickOf(1, 1, -1);
    switch (curve.form()) {
      case LINE -> add(marked, curve, 0, Math.abs(reach));
      case PARABOLA, VERTEX -> {
        int even = curve.a().denominator() == 3 ? 3 : curve.a().denominator() == 2 ? 2 : 1;
        add(marked, curve, curve.h(), curve.h() + even * Integer.signum(reach));
      }
      case ABSOLUTE -> add(marked, curve, curve.h(), curve.h() + reach);
      case ROOT -> add(marked, curve, curve.h(), curve.h() + 1, curve.h() + 4);
      case CUBIC -> {
        int run = curve.a().isWhole() ? 1 : 2;
        add(marked, curve, curve.h(), curve.h() + run, curve.h() - run);
      }
      case EXPONENTIAL -> add(marked, curve, 0, 1);
      case RECIPROCAL -> {
        int run = Math.abs(curve.a().numerator());
        add(marked, curve, curve.h() + 1, curve.h() + run, curve.h() - 1);
      }
      case SINE -> {
        marked.add(new Marked(0, curve.k(), "0"));
        int up = curve.k() + curve.a().numerator();
        marked.add(new Marked(Math.PI / 2, up, "π/2"));
      }
    }
    return marked.stream().distinct().toList();
  }

  private static void add(List<Marked> marked, Curve curve, int... xs) {
    for (int x : xs) {
      marked.add(Marked.of(curve, x));
    }
  }

  private static String question(Dice dice, Curve.Form form) {
    String intro =
        dice.pickOf(
            "The picture shows the graph of " + Words.withArticle(form.noun()) + ".",
            "The graph of " + Words.withArticle(form.noun()) + " is drawn in the coordinate plane.",
            "Look at the graph of this " + form.noun() + ".");
    String order =
        dice.pickOf(
            "Find the function.",
            "Which function is it?",
            "Determine its equation from the marked points.");
    return intro
        + " "
        + order
        + " Answer in the form $"
        + form.hint()
        + "$ with numbers filled in.";
  }
}
