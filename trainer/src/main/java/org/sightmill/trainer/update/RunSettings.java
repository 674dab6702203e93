package org.sightmill.trainer.update;

import java.io.Serializable;

/**
 * How long a run is and what it leaves, named as in transformers.
 *
 * @param maxSteps steps to take; 0 to go by epochs
 * @param numTrainEpochs passes over the data, where {@code maxSteps} is 0
 * @param seed of orders and samples
 * @param saveSteps steps between resume points, 0 for one at the end alone
 * @param saveTotalLimit newest resume points that stay, besides the best
 * @param evalSteps steps between evaluations on the held-out part, 0 for one at the end alone
 */
public record RunSettings(
    long maxSteps,
    double numTrainEpochs,
    long seed,
    int saveSteps,
    int saveTotalLimit,
    int evalSteps)
    implements Serializable {

  /** One pass. */
  public static final RunSettings DEFAULT = new RunSettings(0, 1, 0, 50, 2, 50);

  /** Rejects a run without an end and negative intervals. */
  public RunSettings {
    if (maxSteps < 0 || (maxSteps == 0 && !(numTrainEpochs > 0))) {
      throw new IllegalArgumentException(
          "max_steps must be above 0, or num_train_epochs, but they were %d and %s"
              .formatted(maxSteps, numTrainEpochs));
    }
    if (saveSteps < 0 || evalSteps < 0) {
      throw new IllegalArgumentException(
          "save_steps and eval_steps must be at least 0 but were %d and %d"
              .formatted(saveSteps, evalSteps));
    }
    if (saveTotalLimit < 1) {
      throw new IllegalArgumentException(
          "save_total_limit must be at least 1 but was " + saveTotalLimit);
    }
  }

  /** Steps of a run over samples taken {@code perStep} at a time. */
  public long totalSteps(long samples, long perStep) {
    return maxSteps > 0
        ? maxSteps
        : Math.max(1, (long) Math.ceil(numTrainEpochs * samples / perStep));
  }

  /** Whether an interval ends with this step, counted from 1. */
  public static boolean isDue(long step, int interval, long totalSteps) {
    return step == totalSteps || (interval > 0 && step % interval == 0);
  }
}
