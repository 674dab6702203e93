package org.sightmill.pipeline.collect.source.procedural;

/** Evaluates the LaTeX of a function at a point: an oracle that knows nothing of curves. */
final class LatexFunction {
  private final String text;
  private final double x;
  private int at;

  private LatexFunction(String text, double x) {
    this.text = text;
    this.x = x;
  }

  static double valueAt(String latex, double x) {
    if (!latex.startsWith("y=")) {
      throw new IllegalArgumentException("not a function: " + latex);
    }
    LatexFunction parser = new LatexFunction(latex.substring(2).replace(" ", ""), x);
    double value = parser.sum();
    if (parser.at != parser.text.length()) {
      throw new IllegalArgumentException("cannot read " + latex + " beyond " + parser.at);
    }
    return value;
  }

  private double sum() {
    double value = takes("-") ? -product() : product();
    while (at < text.length() && (next('+') || next('-'))) {
      value = takes("+") ? value + product() : takes("-") ? value - product() : value;
    }
    return value;
  }

  private double product() {
    double value = power();
    while (at < text.length()
        && !next('+')
        && !next('-')
        && !next(')')
        && !next('}')
        && !isClosingBar()) {
      takes("\\cdot");
      value *= power();
    }
    return value;
  }

  private boolean inBars;

  private boolean isClosingBar() {
    return next('|') && inBars;
  }

  private double power() {
    double base = atom();
    return takes("^") ? Math.pow(base, atom()) : base;
  }

  private double atom() {
    if (takes("\\frac{")) {
      double numerator = group("}");
      take("{");
      return numerator / group("}");
    }
    if (takes("\\sqrt{")) {
      return Math.sqrt(group("}"));
    }
    if (takes("\\sin(")) {
      return Math.sin(group(")"));
    }
    if (takes("(")) {
      return group(")");
    }
    if (takes("|")) {
      inBars = true;
      double inner = group("|");
      inBars = false;
      return Math.abs(inner);
    }
    return takes("x") ? x : number();
  }

  private double group(String end) {
    double value = sum();
    take(end);
    return value;
  }

  private double number() {
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return Double.parseDouble(text.substring(start, at));
  }

  private boolean next(char c) {
    return text.charAt(at) == c;
  }

  private boolean takes(String token) {
    boolean found = text.startsWith(token, at);
    at += found ? token.length() : 0;
    return found;
  }

  private void take(String token) {
    if (!takes(token)) {
      throw new IllegalArgumentException("expected " + token + " at " + at + " of " + text);
    }
  }
}
