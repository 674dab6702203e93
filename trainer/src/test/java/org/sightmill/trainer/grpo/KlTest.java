package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sightmill.trainer.loss.KlEstimator;

/** Values derived by hand for log p = -1 and log reference = -1.5, so d = 0.5. */
class KlTest {
  @Test
  void theEstimatorsAreThoseOfSchulman() {
    assertThat(KlEstimator.K1.of(-1, -1.5)).isEqualTo(0.5);
    assertThat(KlEstimator.K2.of(-1, -1.5)).isEqualTo(0.125);
    // exp(-0.5) + 0.5 - 1
    assertThat(KlEstimator.K3.of(-1, -1.5)).isCloseTo(0.10653065971263342, within(1e-15));
  }

  @Test
  void theAdaptiveControllerMovesByAtMostAFifthOfItsShare() {
    KlState state =
        new KlState(
            new KlSettings(
                1e-3,
                KlSettings.Place.LOSS,
                KlEstimator.K3,
                KlSettings.Control.ADAPTIVE,
                5e-4,
                10_000));
    state.observe(1e-2, 2048); // far above: 1 + 0.2 x 2048/10000
    assertThat(state.beta()).isCloseTo(1e-3 * 1.04096, within(1e-12));
    state.observe(4.5e-4, 2048); // a tenth below: 1 - 0.1 x 0.2048
    assertThat(state.beta()).isCloseTo(1e-3 * 1.04096 * 0.97952, within(1e-12));
    state.observe(Double.NaN, 2048); // no token was scored
    assertThat(state.beta()).isCloseTo(1e-3 * 1.04096 * 0.97952, within(1e-12));
  }

  @Test
  void aRewardLosesBetaTimesTheSumOverItsTokens() {
    GroupRollouts group = FakeCrew.group(TinySetups.samples(1).get(0), 0, 1, 0);
    GroupScores scores =
        new GroupScores(new float[][] {{-1, -1}, {-1}}, new float[][] {{-1.5f, -0.5f}, {-1.5f}});
    KlSettings kl =
        new KlSettings(
            0.1, KlSettings.Place.REWARD, KlEstimator.K1, KlSettings.Control.FIXED, 1, 1);
    assertThat(KlRewards.of(group, scores, kl, 0.1))
        .containsExactly(new double[] {1 - 0.1 * (0.5 - 0.5), 0 - 0.1 * 0.5}, within(1e-7));
  }

  @Test
  void refusesAnEstimatorWithoutAGradientInTheLoss() {
    assertThatThrownBy(
            () ->
                new KlSettings(
                    0.1, KlSettings.Place.LOSS, KlEstimator.K1, KlSettings.Control.FIXED, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kl_estimator k1 has no useful gradient: take k2 or k3, or kl_in reward");
  }
}
