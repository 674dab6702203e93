package org.sightmill.trainer.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.GoldenModel;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.optim.LearningRate;
import org.sightmill.trainer.update.FixedTree;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.PolicyUpdater;
import org.sightmill.trainer.update.ShardGradient;

/**
 * The reference's trajectory by the update path of the recipe. Its rows stay one batch, since a
 * label of one of them stands on the first token, which only the batch's padding predicts.
 */
class SftTrajectoryGoldenTest {
  /** What the golden states of its optimizer. */
  private static final OptimizerSettings OPTIMIZER =
      new OptimizerSettings(
          1e-3, LearningRate.Schedule.CONSTANT, 0, 0, 1, 0.9, 0.999, 1e-8, 0.01, 5);

  @Test
  void theLossCurveOfAFrozenVisionTowerFollowsTheReference() {
    GoldenModel golden = GoldenModel.open();
    JsonNode expected = golden.at("/sft_trajectory_frozen_vision");
    try (Scope root = Scope.on(Device.cpu());
        Policy policy =
            Policy.load(root, golden.model(), PolicyOptions.withoutVision(ComputeType.FLOAT32))) {
      PolicyUpdater updater = new PolicyUpdater(root, policy, OPTIMIZER);
      LearningRate schedule = OPTIMIZER.schedule(expected.path("loss").size());
      for (int step = 0; step < expected.path("loss").size(); step++) {
        try (Scope scope = root.child();
            ShardGradient sum =
                FixedTree.sum(1, leaf -> gradient(scope, policy, golden), ShardGradient::plus)) {
          double norm = updater.apply(sum.gradients(), schedule.at(step));
          assertThat(sum.metrics().results().get("loss"))
              .as("loss of step %d", step)
              .isCloseTo(expected.path("loss").get(step).asDouble(), withPercentage(0.1));
          assertThat(norm)
              .as("norm of step %d", step)
              .isCloseTo(
                  expected.path("grad_norm_before_clip").get(step).asDouble(), withPercentage(0.1));
        }
      }
    }
  }

  private static ShardGradient gradient(Scope scope, Policy policy, GoldenModel golden) {
    ShardGradient gradient = ShardGradient.empty(policy, scope);
    try (PromptPass pass =
        policy.encode(
            scope, golden.forwardPrompts(), golden.padding(), PassMode.KEEP_ACTIVATIONS)) {
      List<boolean[]> choices = golden.sftChoices();
      int count = pass.score(choices, 1).length;
      MetricSums metrics = gradient.metrics();
      for (float logProb : pass.raise(choices, -1.0 / count, gradient.gradients())) {
        metrics.mean("loss", -logProb, 1);
      }
      pass.backward(gradient.gradients());
    }
    return gradient;
  }
}
