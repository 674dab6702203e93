package org.sightmill.pipeline.answer.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RationalTest {
  private final Random random = new Random(11);

  /** Against the school's formulas, reduced at the end. */
  @Test
  void operationsGiveTheSchoolsResultsInLowestTerms() {
    for (int i = 0; i < 20_000; i++) {
      Rational a = fraction();
      Rational b = fraction();
      assertThat(a.plus(b))
          .as("%s + %s", a, b)
          .isEqualTo(
              Rational.of(
                  a.numerator()
                      .multiply(b.denominator())
                      .add(b.numerator().multiply(a.denominator())),
                  a.denominator().multiply(b.denominator())));
      assertThat(a.times(b))
          .as("%s * %s", a, b)
          .isEqualTo(
              Rational.of(
                  a.numerator().multiply(b.numerator()),
                  a.denominator().multiply(b.denominator())));
      if (b.signum() != 0) {
        assertThat(a.dividedBy(b)).as("%s / %s", a, b).isEqualTo(quotient(a, b));
      }
    }
  }

  private static Rational quotient(Rational a, Rational b) {
    return Rational.of(
        a.numerator().multiply(b.denominator()), a.denominator().multiply(b.numerator()));
  }

  /** Small ones share factors and are often zero, long ones are of many words. */
  private Rational fraction() {
    int bits = random.nextInt(3) == 0 ? 200 : 5;
    BigInteger numerator = new BigInteger(bits, random);
    BigInteger denominator = new BigInteger(bits, random).add(BigInteger.ONE);
    return Rational.of(random.nextBoolean() ? numerator : numerator.negate(), denominator);
  }

  @Test
  void nothingIsDividedByZero() {
    assertThatThrownBy(() -> Rational.ONE.dividedBy(Rational.ZERO))
        .isInstanceOf(UndefinedValueException.class)
        .hasMessage("division by zero");
  }

  @Test
  void onlyEqualValuesShareAKey() {
    BigInteger large = BigInteger.TWO.pow(70);
    assertThat(Rational.of(large).key()).isNotEqualTo(Rational.of(large.negate()).key());
    assertThat(Rational.of(large).key()).isEqualTo(Rational.of(large.add(BigInteger.ZERO)).key());
    assertThat(Rational.of(BigInteger.ONE, large).key()).isNotEqualTo(Rational.of(large).key());
    assertThat(Rational.of(-5).key()).isEqualTo("-5");
  }

  @Test
  void anOperationOnLongNumbersTakesManySteps() {
    Rational large = Rational.of(BigInteger.ONE.shiftLeft(39_000));
    assertThat(Rational.ONE.steps(Rational.ONE)).isEqualTo(1);
    assertThat(large.steps(large)).isGreaterThan(3_000);
  }
}
