package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
  private static final List<double[]> REWARDS =
      List.of(new double[] {1, 0, 0, 1}, new double[] {0.5, 0.5, 0.5, 0.5});

  @Test
  void aGroupIsScaledByItsOwnDeviation() {
    // mean 1/2, squares 4 x 1/4 over 3: s = sqrt(1/3) = 0.5773503
    double expected = 0.5 / (0.5773502691896257 + 1e-4);
    List<double[]> found = Advantages.of(REWARDS, AdvantageSettings.Scale.GROUP);
    assertThat(found.get(0))
        .containsExactly(new double[] {expected, -expected, -expected, expected}, within(1e-12));
    assertThat(found.get(1)).containsOnly(0);
  }

  @Test
  void aBatchIsScaledByTheDeviationOfAllItsRewards() {
    // all eight have mean 1/2 and squares 4 x 1/4 over 7: s = sqrt(1/7) = 0.3779645
    double expected = 0.5 / (0.3779644730092272 + 1e-4);
    List<double[]> found = Advantages.of(REWARDS, AdvantageSettings.Scale.BATCH);
    assertThat(found.get(0))
        .containsExactly(new double[] {expected, -expected, -expected, expected}, within(1e-12));
  }

  @Test
  void withoutScaleOnlyTheMeanOfTheGroupIsTakenOff() {
    List<double[]> found = Advantages.of(REWARDS, AdvantageSettings.Scale.NONE);
    assertThat(found.get(0)).containsExactly(0.5, -0.5, -0.5, 0.5);
  }

  @Test
  void shuffledRewardsAreTheSameAtOtherPlaces() {
    List<double[]> rewards =
        List.of(new double[] {1, 2, 3}, new double[] {4, 5}, new double[] {6, 7, 8, 9});
    List<double[]> shuffled = Advantages.shuffled(rewards, 5, 1);
    assertThat(shuffled.stream().map(group -> group.length)).containsExactly(3, 2, 4);
    assertThat(shuffled.stream().flatMapToDouble(Arrays::stream))
        .containsExactlyInAnyOrder(1d, 2d, 3d, 4d, 5d, 6d, 7d, 8d, 9d);
    assertThat(shuffled.get(0)).isNotEqualTo(rewards.get(0));
    assertThat(Advantages.shuffled(rewards, 5, 1).get(2)).isEqualTo(shuffled.get(2));
    assertThat(Advantages.shuffled(rewards, 5, 2).get(2)).isNotEqualTo(shuffled.get(2));
  }

  @Test
  void equalRewardsAreFlatAndAllZeroOnesToo() {
    assertThat(Advantages.isFlat(new double[] {0, 0, 0})).isTrue();
    assertThat(Advantages.isFlat(new double[] {0, 0, 1e-9})).isFalse();
  }
}
