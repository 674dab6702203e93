package org.sightmill.pipeline.answer.math;

import java.math.BigInteger;

/**
 * Elementary functions of {@link BigFloat}: fixed point with guard bits, argument reduction and
 * Taylor series. Errors stay below {@code 2^-250} relative to the larger of the result and 1, and
 * relative to the result itself for sine and arc tangent of small arguments.
 */
final class Elementary {
  private static final int FRACTION = 336;
  private static final int CONSTANT_FRACTION = 1_400;
  private static final int EXP_HALVINGS = 14;

  /** Above this power of two, the argument of a sine has no known phase. */
  private static final int MAX_PHASE = 800;

  /** Below this power of two, the series are taken in floating point. */
  private static final int SMALL = -40;

  private static final BigInteger LN2_FIXED = ln2();
  private static final BigInteger PI_FIXED = pi();
  static final BigFloat LN2 = BigFloat.of(LN2_FIXED, -CONSTANT_FRACTION);
  static final BigFloat PI = BigFloat.of(PI_FIXED, -CONSTANT_FRACTION);

  private Elementary() {}

  private static BigInteger ln2() {
    return arcSeries(26, 1)
        .multiply(BigInteger.valueOf(18))
        .subtract(arcSeries(4_801, 1).multiply(BigInteger.TWO))
        .add(arcSeries(8_749, 1).multiply(BigInteger.valueOf(8)));
  }

  private static BigInteger pi() {
    return arcSeries(5, -1)
        .multiply(BigInteger.valueOf(16))
        .subtract(arcSeries(239, -1).multiply(BigInteger.valueOf(4)));
  }

  /** atanh(1/n) for sign 1, atan(1/n) for sign -1. */
  private static BigInteger arcSeries(int n, int sign) {
    BigInteger square = BigInteger.valueOf((long) n * n);
    BigInteger power = BigInteger.ONE.shiftLeft(CONSTANT_FRACTION).divide(BigInteger.valueOf(n));
    BigInteger sum = BigInteger.ZERO;
    int direction = 1;
    for (int k = 1; power.signum() != 0; k += 2) {
      BigInteger term = power.divide(BigInteger.valueOf(k));
      sum = direction > 0 ? sum.add(term) : sum.subtract(term);
      power = power.divide(square);
      direction *= sign;
    }
    return sum;
  }

  static BigFloat exp(BigFloat x) {
    if (x.magnitude() > 40) {
      throw new BudgetExceededException("a power beyond 2^(2^40)");
    }
    long k = Math.round(x.toDouble() / Math.log(2));
    BigInteger whole =
        LN2_FIXED.multiply(BigInteger.valueOf(k)).shiftRight(CONSTANT_FRACTION - FRACTION);
    BigInteger reduced = x.toFixed(FRACTION).subtract(whole).shiftRight(EXP_HALVINGS);
    BigInteger result = expSeries(reduced);
    for (int i = 0; i < EXP_HALVINGS; i++) {
      result = result.multiply(result).shiftRight(FRACTION);
    }
    return BigFloat.of(result, k - FRACTION);
  }

  private static BigInteger expSeries(BigInteger x) {
    BigInteger sum = BigInteger.ONE.shiftLeft(FRACTION);
    BigInteger term = sum;
    for (int k = 1; k < 60 && term.bitLength() > 1; k++) {
      term = term.multiply(x).shiftRight(FRACTION).divide(BigInteger.valueOf(k));
      sum = sum.add(term);
    }
    return sum;
  }

  /** The natural logarithm of a positive value. */
  static BigFloat ln(BigFloat x) {
    long k = x.magnitude();
    BigFloat f = x.timesPowerOfTwo(-k);
    if (f.toDouble() < 0.7) {
      k--;
      f = x.timesPowerOfTwo(-k);
    }
    BigFloat guess = BigFloat.of(Math.log(f.toDouble()));
    BigFloat rest = f.times(exp(guess.negate())).minus(BigFloat.ONE);
    BigFloat correction = oddSeries(rest.dividedBy(BigFloat.TWO.plus(rest)), 1);
    BigFloat mantissaPart = guess.plus(correction.times(BigFloat.TWO));
    return k == 0 ? mantissaPart : mantissaPart.plus(LN2.times(BigFloat.of(k)));
  }

  /** t + sign t^3/3 + t^5/5 + ..., for |t| below 2^-40. */
  private static BigFloat oddSeries(BigFloat t, int sign) {
    BigFloat square = t.times(t);
    BigFloat power = t;
    BigFloat sum = t;
    for (int k = 3; k <= 9; k += 2) {
      power = power.times(sign > 0 ? square : square.negate());
      sum = sum.plus(power.dividedBy(BigFloat.of(k)));
    }
    return sum;
  }

  static BigFloat sin(BigFloat x) {
    return x.magnitude() < SMALL ? smallSin(x) : sinOfQuadrant(x, 0);
  }

  static BigFloat cos(BigFloat x) {
    return sinOfQuadrant(x, 1);
  }

  private static BigFloat smallSin(BigFloat x) {
    BigFloat square = x.times(x).negate();
    BigFloat term = x;
    BigFloat sum = x;
    for (int k = 2; k <= 8; k += 2) {
      term = term.times(square).dividedBy(BigFloat.of((long) k * (k + 1)));
      sum = sum.plus(term);
    }
    return sum;
  }

  /** sin(x + quarterTurns pi/2). */
  private static BigFloat sinOfQuadrant(BigFloat x, int quarterTurns) {
    int wide = (int) Math.max(0, Math.min(x.magnitude(), MAX_PHASE + 1L));
    if (wide > MAX_PHASE) {
      throw new BudgetExceededException("an angle beyond 2^%d".formatted(MAX_PHASE));
    }
    int fraction = FRACTION + wide;
    BigInteger quarter = PI_FIXED.shiftRight(CONSTANT_FRACTION - fraction + 1);
    BigInteger fixed = x.toFixed(fraction);
    BigInteger turns = fixed.add(quarter.shiftRight(1)).divide(quarter);
    BigInteger rest = fixed.subtract(turns.multiply(quarter)).shiftRight(wide);
    int phase = turns.add(BigInteger.valueOf(quarterTurns)).and(BigInteger.valueOf(3)).intValue();
    BigInteger value = (phase & 1) == 0 ? sinSeries(rest) : cosSeries(rest);
    return BigFloat.of(phase >= 2 ? value.negate() : value, -FRACTION);
  }

  private static BigInteger sinSeries(BigInteger x) {
    return alternating(x, x, 1);
  }

  private static BigInteger cosSeries(BigInteger x) {
    return alternating(x, BigInteger.ONE.shiftLeft(FRACTION), 0);
  }

  private static BigInteger alternating(BigInteger x, BigInteger first, int degree) {
    BigInteger square = x.multiply(x).shiftRight(FRACTION).negate();
    BigInteger term = first;
    BigInteger sum = first;
    for (int k = degree; k < 140 && term.bitLength() > 1; k += 2) {
      long factor = (k + 1L) * (k + 2L);
      term = term.multiply(square).shiftRight(FRACTION).divide(BigInteger.valueOf(factor));
      sum = sum.add(term);
    }
    return sum;
  }

  static BigFloat atan(BigFloat x) {
    if (x.magnitude() < SMALL) {
      return oddSeries(x, -1);
    }
    BigFloat guess = BigFloat.of(Math.atan(x.toDouble()));
    BigFloat sine = sin(guess);
    BigFloat cosine = cos(guess);
    BigFloat rest = x.times(cosine).minus(sine).dividedBy(cosine.plus(x.times(sine)));
    return guess.plus(oddSeries(rest, -1));
  }

  /** The angle of the point (x, y), in (-pi, pi]; of the origin 0. */
  static BigFloat atan2(BigFloat y, BigFloat x) {
    if (x.signum() == 0) {
      return y.signum() == 0 ? BigFloat.ZERO : signed(PI.timesPowerOfTwo(-1), y);
    }
    BigFloat angle = atan(y.dividedBy(x));
    if (x.signum() > 0) {
      return angle;
    }
    return y.signum() < 0 ? angle.minus(PI) : angle.plus(PI);
  }

  private static BigFloat signed(BigFloat value, BigFloat sign) {
    return sign.signum() < 0 ? value.negate() : value;
  }
}
