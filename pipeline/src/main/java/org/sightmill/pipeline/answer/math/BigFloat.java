package org.sightmill.pipeline.answer.math;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A binary floating-point number {@code mantissa * 2^exponent} of {@value #BITS} bits, rounded
 * toward minus infinity, so that an operation is off by less than one unit in the last place. The
 * exponent is a long: there is no underflow, and overflow is a {@link BudgetExceededException}.
 */
final class BigFloat {
  /** Precision in bits, 77 decimal digits. */
  static final int BITS = 256;

  /** Largest exponent; far more than any answer needs, and small enough to add without overflow. */
  static final long MAX_EXPONENT = 1L << 40;

  private static final double PER_LN2 = 1 / Math.log(2);

  static final BigFloat ZERO = new BigFloat(BigInteger.ZERO, 0);
  static final BigFloat ONE = of(1);
  static final BigFloat TWO = of(2);

  final BigInteger mantissa;
  final long exponent;

  private BigFloat(BigInteger mantissa, long exponent) {
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  static BigFloat of(long value) {
    return of(BigInteger.valueOf(value), 0);
  }

  static BigFloat of(BigInteger mantissa, long exponent) {
    if (mantissa.signum() == 0) {
      return ZERO;
    }
    int excess = mantissa.bitLength() - BITS;
    if (Math.abs(exponent) > MAX_EXPONENT) {
      throw new BudgetExceededException("a value beyond 2^(2^40)");
    }
    return excess <= 0
        ? new BigFloat(mantissa, exponent)
        : new BigFloat(mantissa.shiftRight(excess), exponent + excess);
  }

  static BigFloat of(Rational value) {
    return of(value.numerator(), 0).dividedBy(of(value.denominator(), 0));
  }

  /** The exact value of a finite double. */
  static BigFloat of(double value) {
    BigDecimal decimal = new BigDecimal(value);
    BigInteger scaled = decimal.multiply(new BigDecimal(BigInteger.TWO.pow(1_074))).toBigInteger();
    return of(scaled, -1_074);
  }

  int signum() {
    return mantissa.signum();
  }

  /** An upper bound of log2 of the absolute value, at most one too high; for zero very small. */
  long magnitude() {
    return signum() == 0 ? Long.MIN_VALUE / 4 : exponent + mantissa.bitLength();
  }

  /** log2 of the absolute value, to about twelve digits; for zero very small. */
  double log2() {
    if (signum() == 0) {
      return magnitude();
    }
    int excess = Math.max(0, mantissa.bitLength() - 53);
    double head = Math.abs(mantissa.shiftRight(excess).doubleValue());
    return exponent + excess + Math.log(head) * PER_LN2;
  }

  BigFloat plus(BigFloat other) {
    if (signum() == 0 || other.signum() == 0) {
      return signum() == 0 ? other : this;
    }
    BigFloat high = exponent >= other.exponent ? this : other;
    BigFloat low = high == this ? other : this;
    if (high.magnitude() - low.magnitude() > BITS + 8) {
      return high;
    }
    int shift = (int) (high.exponent - low.exponent);
    return of(high.mantissa.shiftLeft(shift).add(low.mantissa), low.exponent);
  }

  BigFloat minus(BigFloat other) {
    return plus(other.negate());
  }

  BigFloat negate() {
    return new BigFloat(mantissa.negate(), exponent);
  }

  BigFloat abs() {
    return signum() < 0 ? negate() : this;
  }

  BigFloat times(BigFloat other) {
    return of(mantissa.multiply(other.mantissa), exponent + other.exponent);
  }

  BigFloat timesPowerOfTwo(long power) {
    return of(mantissa, exponent + power);
  }

  BigFloat dividedBy(BigFloat other) {
    if (other.signum() == 0) {
      throw new UndefinedValueException("division by zero");
    }
    int shift = Math.max(0, BITS + 2 + other.mantissa.bitLength() - mantissa.bitLength());
    return of(mantissa.shiftLeft(shift).divide(other.mantissa), exponent - other.exponent - shift);
  }

  /** The square root of a value that is not negative. */
  BigFloat sqrt() {
    int shift = Math.max(0, 2 * BITS + 2 - mantissa.bitLength());
    if (((exponent - shift) & 1) != 0) {
      shift++;
    }
    return of(mantissa.shiftLeft(shift).sqrt(), (exponent - shift) / 2);
  }

  int compareTo(BigFloat other) {
    return minus(other).signum();
  }

  /** The value as an integer multiple of {@code 2^-fraction}, rounded down. */
  BigInteger toFixed(int fraction) {
    long shift = exponent + fraction;
    if (shift > 8L * BITS) {
      throw new BudgetExceededException("an argument beyond 2^%d".formatted(8 * BITS));
    }
    return shift < -4L * BITS ? BigInteger.ZERO : mantissa.shiftLeft((int) shift);
  }

  /** The nearest double, 0 or infinite where the range ends. */
  double toDouble() {
    int excess = Math.max(0, mantissa.bitLength() - 60);
    double head = mantissa.shiftRight(excess).doubleValue();
    long power = Math.max(-5_000, Math.min(5_000, exponent + excess));
    return Math.scalb(Math.scalb(head, (int) power / 2), (int) (power - power / 2));
  }
}
