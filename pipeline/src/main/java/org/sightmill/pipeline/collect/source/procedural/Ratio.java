package org.sightmill.pipeline.collect.source.procedural;

/** A fraction in lowest terms with a positive denominator. */
record Ratio(int numerator, int denominator) {
  /** Reduces; rejects a denominator of 0. */
  Ratio {
    if (denominator == 0) {
      throw new IllegalArgumentException("denominator of " + numerator + "/0 must not be 0");
    }
    int divisor = divisor(numerator, denominator) * Integer.signum(denominator);
    numerator /= divisor;
    denominator /= divisor;
  }

  static Ratio of(int value) {
    return new Ratio(value, 1);
  }

  Ratio times(int factor) {
    return new Ratio(numerator * factor, denominator);
  }

  Ratio plus(int term) {
    return new Ratio(numerator + term * denominator, denominator);
  }

  Ratio negated() {
    return new Ratio(-numerator, denominator);
  }

  double value() {
    return numerator / (double) denominator;
  }

  int sign() {
    return Integer.signum(numerator);
  }

  boolean isWhole() {
    return denominator == 1;
  }

  /** {@code -\frac{1}{2}} or {@code 3}. */
  String latex() {
    if (isWhole()) {
      return String.valueOf(numerator);
    }
    String sign = numerator < 0 ? "-" : "";
    return sign + "\\frac{" + Math.abs(numerator) + "}{" + denominator + "}";
  }

  /** In front of a factor: {@code 1} and {@code -1} leave only the sign. */
  String asCoefficient() {
    if (isWhole() && Math.abs(numerator) == 1) {
      return numerator < 0 ? "-" : "";
    }
    return latex();
  }

  /** As a further term: {@code +3}, {@code -\frac{1}{2}}, nothing for 0. */
  String asTerm() {
    return numerator == 0 ? "" : (numerator > 0 ? "+" : "") + latex();
  }

  /** As a further term with a factor: {@code +2x}, {@code -x}, nothing for 0. */
  String asTerm(String factor) {
    return numerator == 0 ? "" : (numerator > 0 ? "+" : "") + asCoefficient() + factor;
  }

  private static int divisor(int a, int b) {
    return b == 0 ? Math.max(1, Math.abs(a)) : divisor(b, a % b);
  }
}
