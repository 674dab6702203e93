package org.sightmill.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.engine.Scope;

/** What the golden has no case for, derived by hand. */
class GrpoLossTest {
  @Test
  void tokensAreWeighedAndTheDivergenceIsNot() {
    GrpoSettings settings =
        new GrpoSettings(
            LossType.GRPO,
            ImportanceLevel.TOKEN,
            0.2,
            0.2,
            Double.POSITIVE_INFINITY,
            1,
            KlEstimator.K2);
    try (Scope scope = Scope.on(Device.cpu());
        GrpoLoss loss = GrpoLoss.load(scope, settings)) {
      GrpoInputs inputs =
          new GrpoInputs(
              scope.floats(new float[] {-1, -2}, 1, 2),
              scope.floats(new float[] {-1, -2}, 1, 2),
              scope.floats(new float[] {-1.5f, -2}, 1, 2),
              scope.floats(new float[] {1, 1}, 1, 2),
              scope.floats(new float[] {1}, 1),
              scope.zeros(1, 2));
      GrpoResult result =
          loss.evaluate(
              scope,
              inputs,
              new LossNormaliser(1, 2, 2),
              scope.floats(new float[] {0.5f, 1}, 1, 2),
              0.1);
      // ratio 1, advantage 1, differences 0.5 and 0: ((-0.5 + 0.1 x 0.125) + (-1)) / 2
      assertThat(result.loss()).isCloseTo(-0.74375, within(1e-6));
      // (-0.5 + 0.1 x 0.5) / 2 and -1 / 2
      assertThat(result.gradient().toFloatArray())
          .containsExactly(new float[] {-0.225f, -0.5f}, within(1e-6f));
    }
  }

  @Test
  void refusesAnEstimatorWithoutAUsefulGradient() {
    assertThatThrownBy(
            () ->
                new GrpoSettings(
                    LossType.GRPO, ImportanceLevel.TOKEN, 0.2, 0.2, 2, 0.1, KlEstimator.K1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kl_estimator k1 has no useful gradient");
  }
}
