package org.sightmill.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void risesDuringWarmUpAndFallsToZero() {
    LearningRate cosine = new LearningRate(LearningRate.Schedule.COSINE, 2, 10, 110);
    assertThat(cosine.at(0)).isZero();
    assertThat(cosine.at(5)).isEqualTo(1);
    assertThat(cosine.at(10)).isEqualTo(2);
    assertThat(cosine.at(60)).isCloseTo(1, within(1e-12));
    assertThat(cosine.at(110)).isCloseTo(0, within(1e-12));
    LearningRate linear = new LearningRate(LearningRate.Schedule.LINEAR, 2, 0, 100);
    assertThat(linear.at(25)).isEqualTo(1.5);
    assertThat(new LearningRate(LearningRate.Schedule.CONSTANT, 2, 0, 1).at(99)).isEqualTo(2);
  }

  @Test
  void refusesARunShorterThanItsWarmUp() {
    assertThatThrownBy(() -> new LearningRate(LearningRate.Schedule.LINEAR, 1, 10, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least as many steps as warm-up");
  }

  @Test
  void betaGrowsAboveTargetAndShrinksBelowByABoundedShare() {
    KlController controller = new KlController(0.1, 0.05, 1000);
    assertThat(controller.after(10, 100).beta()).isCloseTo(0.1 * 1.02, within(1e-12));
    assertThat(controller.after(0, 100).beta()).isCloseTo(0.1 * 0.98, within(1e-12));
    assertThat(controller.after(0.055, 100).beta()).isCloseTo(0.1 * 1.01, within(1e-9));
  }

  @Test
  void aCosineEndsAtTheLeastRate() {
    LearningRate rate = new LearningRate(LearningRate.Schedule.COSINE, 1e-6, 3, 103, 5e-7);
    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(3)).isEqualTo(1e-6);
    assertThat(rate.at(53)).isCloseTo(7.5e-7, within(1e-15)); // halfway
    assertThat(rate.at(103)).isCloseTo(5e-7, within(1e-15));
  }
}
