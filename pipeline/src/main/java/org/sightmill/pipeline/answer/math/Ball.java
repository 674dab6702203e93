package org.sightmill.pipeline.answer.math;

/**
 * A complex number with a bound on its error. Two balls that do not touch are different for
 * certain; two that overlap while both are tiny are equal.
 *
 * @param re the real part
 * @param im the imaginary part, exactly zero for a real value
 * @param error log2 of a bound on the absolute error; negative infinity when exact
 */
record Ball(BigFloat re, BigFloat im, double error) {
  static final Ball ZERO = exact(BigFloat.ZERO);
  static final Ball ONE = exact(BigFloat.ONE);
  static final Ball I = new Ball(BigFloat.ZERO, BigFloat.ONE, Double.NEGATIVE_INFINITY);

  /** Room for rounding in the operation itself. */
  private static final int ROUNDING = BigFloat.BITS - 4;

  /** Bits that must be certain before an overlap counts as equality. */
  private static final int CERTAIN = 110;

  static Ball exact(BigFloat value) {
    return new Ball(value, BigFloat.ZERO, Double.NEGATIVE_INFINITY);
  }

  static Ball of(Rational value) {
    return real(BigFloat.of(value), Double.NEGATIVE_INFINITY);
  }

  /** A real value whose inputs were off by {@code inherited}; rounding is added. */
  static Ball real(BigFloat value, double inherited) {
    return complex(value, BigFloat.ZERO, inherited);
  }

  static Ball complex(BigFloat re, BigFloat im, double inherited) {
    double size = Math.max(re.magnitude(), im.magnitude());
    return new Ball(re, im, sum(inherited, size - ROUNDING));
  }

  /** log2 of the sum of two errors given as log2. */
  private static double sum(double a, double b) {
    double high = Math.max(a, b);
    double gap = high - Math.min(a, b);
    return gap > 60 || high == Double.NEGATIVE_INFINITY ? high : high + log2OfOnePlusPower(-gap);
  }

  private static double log2OfOnePlusPower(double power) {
    return Math.log1p(Math.pow(2, power)) / Math.log(2);
  }

  private double log2() {
    return isReal() ? re.log2() : Math.max(re.log2(), im.log2()) + 0.5;
  }

  /** log2 of the absolute value, at most 1.5 too high. */
  double magnitude() {
    return Math.max(re.magnitude(), im.magnitude()) + (isReal() ? 0 : 0.5);
  }

  boolean isReal() {
    return im.signum() == 0;
  }

  /** Whether the value cannot be told from zero. */
  boolean mayBeZero() {
    return magnitude() - 2 <= error || (re.signum() == 0 && im.signum() == 0);
  }

  /** Whether this real value is certainly below zero. */
  boolean isNegative() {
    return re.signum() < 0 && !mayBeZero();
  }

  Ball plus(Ball other) {
    return complex(re.plus(other.re), im.plus(other.im), worst(other));
  }

  Ball minus(Ball other) {
    return complex(re.minus(other.re), im.minus(other.im), worst(other));
  }

  private double worst(Ball other) {
    return sum(error, other.error);
  }

  Ball negate() {
    return new Ball(re.negate(), im.negate(), error);
  }

  Ball times(Ball other) {
    double inherited = sum(log2() + other.error, other.log2() + error);
    if (isReal() && other.isReal()) {
      return real(re.times(other.re), inherited);
    }
    return complex(
        re.times(other.re).minus(im.times(other.im)),
        re.times(other.im).plus(im.times(other.re)),
        Math.max(inherited, magnitude() + other.magnitude() - ROUNDING));
  }

  Ball inverse() {
    if (mayBeZero()) {
      throw new UndefinedValueException("division by zero");
    }
    double inherited = error - 2 * (magnitude() - 1.5);
    if (isReal()) {
      return real(BigFloat.ONE.dividedBy(re), inherited);
    }
    BigFloat norm = re.times(re).plus(im.times(im));
    return complex(re.dividedBy(norm), im.negate().dividedBy(norm), inherited);
  }

  Ball dividedBy(Ball other) {
    return times(other.inverse());
  }

  Ball abs() {
    if (isReal()) {
      return new Ball(re.abs(), im, error);
    }
    return real(re.times(re).plus(im.times(im)).sqrt(), error);
  }

  /** Whether this and the other are certainly two values. */
  boolean differsFrom(Ball other) {
    Ball difference = minus(other);
    // Two exact values have no error at all, which even the size of a zero exceeds.
    boolean zero = difference.re.signum() == 0 && difference.im.signum() == 0;
    return !zero && difference.magnitude() - 2 > worst(other);
  }

  /** Whether both values are known well enough for an overlap to mean equality. */
  boolean isCertainBeside(Ball other) {
    if (mayBeZero() && other.mayBeZero()) {
      return worst(other) < -CERTAIN;
    }
    return worst(other) < Math.max(magnitude(), other.magnitude()) - CERTAIN;
  }
}
