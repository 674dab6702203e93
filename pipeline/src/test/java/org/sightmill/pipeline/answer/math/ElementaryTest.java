package org.sightmill.pipeline.answer.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.junit.jupiter.api.Test;

/** Against apfloat, an independent implementation, at 90 digits. */
class ElementaryTest {
  private static final int DIGITS = 90;
  private static final int RUNS = 40;

  private static Apfloat exact(BigFloat value) {
    Apfloat mantissa = new Apfloat(value.mantissa, DIGITS);
    Apfloat power = ApfloatMath.pow(new Apfloat(2, DIGITS), Math.abs(value.exponent));
    return value.exponent < 0 ? mantissa.divide(power) : mantissa.multiply(power);
  }

  private static void check(
      double from, double to, UnaryOperator<BigFloat> ours, UnaryOperator<Apfloat> theirs) {
    Random random = new Random(5);
    for (int i = 0; i < RUNS; i++) {
      BigFloat x = BigFloat.of(from + (to - from) * random.nextDouble());
      Apfloat wanted = theirs.apply(exact(x));
      Apfloat error = ApfloatMath.abs(exact(ours.apply(x)).subtract(wanted));
      Apfloat size = ApfloatMath.max(ApfloatMath.abs(wanted), Apfloat.ONE);
      assertThat(error.divide(size).doubleValue()).as("at %s", x.toDouble()).isLessThan(1e-74);
    }
  }

  @Test
  void raisesToPowersOfE() {
    check(-50, 50, Elementary::exp, ApfloatMath::exp);
  }

  @Test
  void takesLogarithms() {
    check(1e-3, 1e3, Elementary::ln, ApfloatMath::log);
    check(0.99, 1.01, Elementary::ln, ApfloatMath::log);
  }

  @Test
  void takesSinesAndCosines() {
    check(-100, 100, Elementary::sin, ApfloatMath::sin);
    check(-100, 100, Elementary::cos, ApfloatMath::cos);
    check(-1e-13, 1e-13, Elementary::sin, ApfloatMath::sin);
  }

  @Test
  void takesArcTangents() {
    check(-30, 30, Elementary::atan, ApfloatMath::atan);
    check(-1e-13, 1e-13, Elementary::atan, ApfloatMath::atan);
  }

  @Test
  void takesRoots() {
    check(0, 1e6, BigFloat::sqrt, ApfloatMath::sqrt);
  }
}
