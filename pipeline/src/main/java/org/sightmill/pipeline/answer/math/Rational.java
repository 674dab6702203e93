package org.sightmill.pipeline.answer.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;

/** An exact fraction in lowest terms with a positive denominator. Every operation is bounded. */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
  /** Pairs of 32-bit words that a step of a budget, about a microsecond, multiplies or divides. */
  private static final int WORDS_A_STEP = 400;

  static final Rational ZERO = of(0);
  static final Rational ONE = of(1);

  static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  static Rational of(BigInteger value) {
    return new Rational(value, BigInteger.ONE);
  }

  static Rational of(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() == 0) {
      throw new UndefinedValueException("division by zero");
    }
    BigInteger gcd = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      gcd = gcd.negate();
    }
    return bounded(numerator.divide(gcd), denominator.divide(gcd));
  }

  /**
   * The value of a plain decimal such as {@code 12.50} or {@code .5}; digits and one point only.
   */
  static Rational parse(String decimal) {
    BigDecimal value = new BigDecimal(decimal);
    return of(value.unscaledValue(), BigInteger.TEN.pow(Math.max(0, value.scale())));
  }

  private static Rational bounded(BigInteger numerator, BigInteger denominator) {
    if (Math.max(numerator.bitLength(), denominator.bitLength()) > Budget.MAX_BITS) {
      throw new BudgetExceededException("an exact value over %d bits".formatted(Budget.MAX_BITS));
    }
    return new Rational(numerator, denominator);
  }

  /** Knuth, volume 2, 4.5.1: common factors are looked for in parts, before they are multiplied. */
  Rational plus(Rational other) {
    BigInteger common = denominator.gcd(other.denominator);
    BigInteger rest = other.denominator.divide(common);
    BigInteger sum =
        numerator.multiply(rest).add(other.numerator.multiply(denominator.divide(common)));
    BigInteger shared = sum.gcd(common);
    return bounded(sum.divide(shared), denominator.divide(shared).multiply(rest));
  }

  Rational times(Rational other) {
    BigInteger left = numerator.gcd(other.denominator);
    BigInteger right = other.numerator.gcd(denominator);
    return bounded(
        numerator.divide(left).multiply(other.numerator.divide(right)),
        denominator.divide(right).multiply(other.denominator.divide(left)));
  }

  Rational dividedBy(Rational other) {
    if (other.signum() == 0) {
      throw new UndefinedValueException("division by zero");
    }
    return times(other.inverse());
  }

  private Rational inverse() {
    return signum() > 0
        ? new Rational(denominator, numerator)
        : new Rational(denominator.negate(), numerator.negate());
  }

  /** Steps of a budget for an operation with another: each holds the product of two lengths. */
  int steps(Rational other) {
    long words = (1L + bits() / Integer.SIZE) * (1L + other.bits() / Integer.SIZE);
    return 1 + (int) Math.min(Budget.MAX_STEPS, words / WORDS_A_STEP);
  }

  Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  /** Length of numerator and denominator. */
  int bits() {
    return numerator.bitLength() + denominator.bitLength();
  }

  Rational abs() {
    return numerator.signum() < 0 ? negate() : this;
  }

  int signum() {
    return numerator.signum();
  }

  boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  /** The integer value when it fits an int. */
  Optional<Integer> toInt() {
    return isInteger() && numerator.bitLength() < 31
        ? Optional.of(numerator.intValue())
        : Optional.empty();
  }

  /** Raises to an integer power; the size of the result is checked before it is computed. */
  Rational pow(int exponent) {
    if (exponent < 0) {
      return ONE.dividedBy(this).pow(-exponent);
    }
    long bits = (long) Math.max(numerator.bitLength(), denominator.bitLength()) * exponent;
    if (bits > Budget.MAX_BITS && !isZeroOrUnit()) {
      throw new BudgetExceededException("a power over %d bits".formatted(Budget.MAX_BITS));
    }
    return isZeroOrUnit() ? smallPower(exponent) : powUnchecked(exponent);
  }

  private boolean isZeroOrUnit() {
    return isInteger() && numerator.abs().bitLength() <= 1;
  }

  private Rational smallPower(int exponent) {
    if (exponent == 0) {
      return ONE;
    }
    return exponent % 2 == 0 ? abs() : this;
  }

  private Rational powUnchecked(int exponent) {
    return new Rational(numerator.pow(exponent), denominator.pow(exponent));
  }

  /** The exact n-th root, when it is rational; n at least 1, odd for a negative value. */
  Optional<Rational> root(int n) {
    if (signum() < 0) {
      return n % 2 == 0 ? Optional.empty() : negate().root(n).map(Rational::negate);
    }
    Optional<BigInteger> top = integerRoot(numerator, n);
    Optional<BigInteger> bottom = top.isEmpty() ? top : integerRoot(denominator, n);
    return bottom.map(b -> new Rational(top.get(), b));
  }

  private static Optional<BigInteger> integerRoot(BigInteger value, int n) {
    if (n == 2) {
      BigInteger root = value.sqrt();
      return Optional.of(root).filter(r -> r.multiply(r).equals(value));
    }
    if (n > 64 || value.bitLength() > 1_000) {
      return Optional.empty();
    }
    return Optional.of(flooredRoot(value, n)).filter(r -> r.pow(n).equals(value));
  }

  private static BigInteger flooredRoot(BigInteger value, int n) {
    BigInteger root = BigInteger.ZERO;
    for (int bit = value.bitLength() / n + 1; bit >= 0; bit--) {
      BigInteger trial = root.setBit(bit);
      if (trial.pow(n).compareTo(value) <= 0) {
        root = trial;
      }
    }
    return root;
  }

  BigInteger floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /**
   * A text that only equal values share: decimal where that is short, else bytes in hexadecimal,
   * since the decimal digits of a long number take time that grows with the square of their count.
   */
  String key() {
    return isInteger() ? key(numerator) : key(numerator) + "/" + key(denominator);
  }

  private static String key(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? value.toString()
        : "0x" + HexFormat.of().formatHex(value.toByteArray());
  }

  @Override
  public String toString() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }
}
