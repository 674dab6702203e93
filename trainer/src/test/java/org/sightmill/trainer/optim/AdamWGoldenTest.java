package org.sightmill.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.GoldenFixture;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.SftSteps;

/** Six optimizer steps on one batch; the settings are those that the golden's note states. */
class AdamWGoldenTest extends GoldenFixture {
  private static final AdamWSettings SETTINGS = new AdamWSettings(0.9, 0.999, 1e-8, 0.01);
  private static final double LEARNING_RATE = 1e-3;
  private static final double MAX_NORM = 1.0;

  @Test
  void theWholeModelFollowsTheReference() {
    assertThat(golden.at("/sft_trajectory/optimizer").asText())
        .startsWith("AdamW lr 1e-3 betas 0.9 0.999 eps 1e-8 weight_decay 0.01");
    assertTrajectory(PolicyOptions.whole(ComputeType.FLOAT32), golden.at("/sft_trajectory"));
  }

  @Test
  void aFrozenVisionTowerFollowsTheReference() {
    assertTrajectory(
        PolicyOptions.withoutVision(ComputeType.FLOAT32),
        golden.at("/sft_trajectory_frozen_vision"));
  }

  private static void assertTrajectory(PolicyOptions options, JsonNode expected) {
    try (Policy policy = Policy.load(root, golden.model(), options);
        Scope scope = root.child()) {
      AdamW optimizer = new AdamW(scope, policy.masters(), SETTINGS);
      for (int step = 0; step < expected.path("loss").size(); step++) {
        try (Scope local = scope.child();
            Gradients gradients = policy.newGradients(local)) {
          double loss =
              SftSteps.loss(
                  local, policy, golden, golden.padding(), PassMode.KEEP_ACTIVATIONS, gradients);
          List<NDArray> ordered = gradients.inOrder();
          double norm = optimizer.clip(ordered, MAX_NORM);
          optimizer.step(ordered, LEARNING_RATE);
          policy.refresh();
          assertThat(loss)
              .as("loss before step %d", step)
              .isCloseTo(expected.path("loss").get(step).asDouble(), withPercentage(0.1));
          assertThat(norm)
              .as("gradient norm of step %d", step)
              .isCloseTo(
                  expected.path("grad_norm_before_clip").get(step).asDouble(), withPercentage(0.1));
        }
      }
      assertThat(optimizer.stepsTaken()).isEqualTo(expected.path("loss").size());
    }
  }
}
