package org.sightmill.trainer.update;

import java.io.Serializable;
import org.sightmill.trainer.optim.AdamWSettings;
import org.sightmill.trainer.optim.LearningRate;

/**
 * How weights are changed, named as in transformers.
 *
 * @param learningRate the peak
 * @param lrSchedulerType the fall after warm-up
 * @param minLearningRate the rate at the end of the fall
 * @param warmupRatio share of all optimizer steps, in [0, 1]
 * @param maxGradNorm gradients are scaled down to this norm
 * @param adamBeta1 decay of the first moment, in [0, 1)
 * @param adamBeta2 decay of the second moment, in [0, 1)
 * @param adamEpsilon above 0
 * @param weightDecay of all that trains, at least 0
 * @param maxSkippedSteps steps in a row whose gradients are no numbers, after which a run stops
 */
public record OptimizerSettings(
    double learningRate,
    LearningRate.Schedule lrSchedulerType,
    double minLearningRate,
    double warmupRatio,
    double maxGradNorm,
    double adamBeta1,
    double adamBeta2,
    double adamEpsilon,
    double weightDecay,
    int maxSkippedSteps)
    implements Serializable {

  /** Where a run of bad steps is no accident any more. */
  public static final int DEFAULT_MAX_SKIPPED_STEPS = 5;

  /** TRL's defaults for GRPO. */
  public static final OptimizerSettings DEFAULT =
      new OptimizerSettings(
          1e-6,
          LearningRate.Schedule.LINEAR,
          0,
          0,
          1,
          0.9,
          0.999,
          1e-8,
          0,
          DEFAULT_MAX_SKIPPED_STEPS);

  /** Rejects values out of range, naming the first. */
  public OptimizerSettings {
    require(learningRate >= 0, "learning_rate", learningRate, "[0, inf)");
    require(
        minLearningRate >= 0 && minLearningRate <= learningRate,
        "min_learning_rate",
        minLearningRate,
        "[0, learning_rate]");
    require(warmupRatio >= 0 && warmupRatio <= 1, "warmup_ratio", warmupRatio, "[0, 1]");
    require(maxGradNorm > 0, "max_grad_norm", maxGradNorm, "(0, inf)");
    require(adamBeta1 >= 0 && adamBeta1 < 1, "adam_beta1", adamBeta1, "[0, 1)");
    require(adamBeta2 >= 0 && adamBeta2 < 1, "adam_beta2", adamBeta2, "[0, 1)");
    require(adamEpsilon > 0, "adam_epsilon", adamEpsilon, "(0, inf)");
    require(weightDecay >= 0, "weight_decay", weightDecay, "[0, inf)");
    require(maxSkippedSteps >= 1, "max_skipped_steps", maxSkippedSteps, "[1, inf)");
  }

  private static void require(boolean holds, String key, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s must be in %s but was %s".formatted(key, range, value));
    }
  }

  /** The constants of AdamW. */
  public AdamWSettings adamW() {
    return new AdamWSettings(adamBeta1, adamBeta2, adamEpsilon, weightDecay);
  }

  /** The schedule over a run of this many optimizer steps. */
  public LearningRate schedule(long totalSteps) {
    long warmup = (long) Math.ceil(warmupRatio * totalSteps);
    return new LearningRate(lrSchedulerType, learningRate, warmup, totalSteps, minLearningRate);
  }
}
