package org.sightmill.pipeline.collect.source.procedural;

/**
 * A function of one variable from a family with a few parameters.
 *
 * @param form what family it belongs to
 * @param a scales it; never 0
 * @param h moves it to the right; unused where the form has no h
 * @param k moves it up
 */
record Curve(Form form, Ratio a, int h, int k) {

  /** What the question may give away; {@code hint} is the form with letters for the numbers. */
  enum Form {
    LINE("linear function", "y=mx+b"),
    PARABOLA("quadratic function", "y=ax^2+bx+c"),
    VERTEX("quadratic function", "y=a(x-h)^2+k"),
    ABSOLUTE("absolute value function", "y=a|x-h|+k"),
    ROOT("square root function", "y=a\\sqrt{x-h}+k"),
    EXPONENTIAL("exponential function", "y=a\\cdot 2^x+k"),
    RECIPROCAL("rational function", "y=\\frac{a}{x-h}+k"),
    CUBIC("cubic function", "y=a(x-h)^3+k"),
    SINE("sine function", "y=a\\sin(x)+k");

    private final String noun;
    private final String hint;

    Form(String noun, String hint) {
      this.noun = noun;
      this.hint = hint;
    }

    String noun() {
      return noun;
    }

    String hint() {
      return hint;
    }
  }

  /** The value at x; not a number where the function has none. */
  double at(double x) {
    double moved = x - h;
    return switch (form) {
      case LINE -> a.value() * x + k;
      case PARABOLA, VERTEX -> a.value() * moved * moved + k;
      case ABSOLUTE -> a.value() * Math.abs(moved) + k;
      case ROOT -> a.value() * Math.sqrt(moved) + k;
      case EXPONENTIAL -> a.value() * StrictMath.pow(2, x) + k;
      case RECIPROCAL -> moved == 0 ? Double.NaN : a.value() / moved + k;
      case CUBIC -> a.value() * moved * moved * moved + k;
      case SINE -> a.value() * StrictMath.sin(x) + k;
    };
  }

  /** The gold: {@code y=\frac{1}{2}x^2-3}. */
  String latex() {
    return "y=" + right();
  }

  private String right() {
    String end = Ratio.of(k).asTerm();
    return switch (form) {
      case LINE -> a.asCoefficient() + "x" + end;
      case PARABOLA -> a.asCoefficient() + "x^2" + linear().asTerm("x") + constant().asTerm();
      case VERTEX -> a.asCoefficient() + power("^2") + end;
      case ABSOLUTE -> a.asCoefficient() + "|" + movedX() + "|" + end;
      case ROOT -> a.asCoefficient() + "\\sqrt{" + movedX() + "}" + end;
      case EXPONENTIAL -> exponential() + end;
      case RECIPROCAL ->
          (a.sign() < 0 ? "-" : "")
              + "\\frac{"
              + Math.abs(a.numerator())
              + "}{"
              + movedX()
              + "}"
              + end;
      case CUBIC -> a.asCoefficient() + power("^3") + end;
      case SINE -> a.asCoefficient() + "\\sin(x)" + end;
    };
  }

  /** The coefficient of x in the expanded parabola. */
  Ratio linear() {
    return a.times(-2 * h);
  }

  /** The constant of the expanded parabola. */
  Ratio constant() {
    return a.times(h * h).plus(k);
  }

  /** {@code x-2}, {@code x+1} or {@code x}. */
  String movedX() {
    return "x" + Ratio.of(-h).asTerm();
  }

  private String power(String exponent) {
    return (h == 0 ? "x" : "(" + movedX() + ")") + exponent;
  }

  private String exponential() {
    String coefficient = a.asCoefficient();
    boolean bare = coefficient.isEmpty() || coefficient.equals("-");
    return coefficient + (bare ? "" : "\\cdot ") + "2^x";
  }

  Curve lifted(int by) {
    return new Curve(form, a, h, k + by);
  }

  Curve flipped() {
    return new Curve(form, a.negated(), h, k);
  }
}
