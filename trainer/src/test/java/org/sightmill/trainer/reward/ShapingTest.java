package org.sightmill.trainer.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShapingTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  @Test
  void followsTheOpenEndedFormula() {
    assertThat(Shaping.openEnded(-1, -2, 1)).isCloseTo(1 - Math.exp(-1), EXACT);
    assertThat(Shaping.openEnded(-1, -2, 0.1)).isCloseTo(0.09516258196404043, EXACT);
    assertThat(Shaping.openEnded(3.0000001, 3, 1)).isCloseTo(9.999999483634229e-08, EXACT);
    assertThat(Shaping.openEnded(100, 0, 2)).isCloseTo(1, EXACT);
    assertThat(Shaping.openEnded(0, 0, 1)).isZero();
    assertThat(Shaping.openEnded(-2.8, 5.7, 2)).isZero();
    assertThat(Shaping.openEnded(Double.NaN, 0, 1)).isZero();
    assertThat(Shaping.openEnded(Double.POSITIVE_INFINITY, 0, 1)).isZero();
    assertThat(Shaping.openEnded(1, Double.NEGATIVE_INFINITY, 1)).isZero();
  }

  @Test
  void punishesLengthLinearly() {
    RewardSettings.Overlong overlong = new RewardSettings.Overlong(100, 20);
    assertThat(Shaping.overlong(50, overlong)).isZero();
    assertThat(Shaping.overlong(80, overlong)).isZero();
    assertThat(Shaping.overlong(81, overlong)).isCloseTo(-0.05, EXACT);
    assertThat(Shaping.overlong(100, overlong)).isEqualTo(-1);
    assertThat(Shaping.overlong(500, overlong)).isEqualTo(-1);
  }

  @Test
  void punishesRepetition() {
    RewardSettings.Repetition repetition = new RewardSettings.Repetition(2, -1);
    assertThat(Shaping.repetition("this this this this this", repetition)).isCloseTo(-0.75, EXACT);
    assertThat(Shaping.repetition("this is a test sentence", repetition)).isZero();
    assertThat(Shaping.repetition("", repetition)).isZero();
    assertThat(Shaping.repetition("one", repetition)).isZero();
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> new RewardSettings.Overlong(10, 11))
        .hasMessage("bufferTokens must be in (0, 10] but was 11");
    assertThatThrownBy(() -> new RewardSettings.Repetition(0, -1))
        .hasMessage("words must be positive and maxPenalty at most 0 but were 0 and -1.0");
    assertThatThrownBy(
            () -> new RewardSettings(java.util.Map.of(), java.util.Map.of(), 0, null, null))
        .hasMessage("beta must be positive and finite but was 0.0");
  }
}
