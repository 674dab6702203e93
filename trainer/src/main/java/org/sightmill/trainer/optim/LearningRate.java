package org.sightmill.trainer.optim;

/**
 * The learning rate over a run: a linear rise during warm-up, then a schedule down to the least
 * rate at the last step.
 *
 * @param peak the rate at the end of warm-up
 * @param warmupSteps optimizer steps of the rise
 * @param totalSteps optimizer steps of the run
 * @param least the rate at the end
 */
public record LearningRate(
    Schedule schedule, double peak, long warmupSteps, long totalSteps, double least) {

  /** Down to zero. */
  public LearningRate(Schedule schedule, double peak, long warmupSteps, long totalSteps) {
    this(schedule, peak, warmupSteps, totalSteps, 0);
  }

  /** Shapes of the fall, as transformers names them. */
  public enum Schedule {
    /** No fall. */
    CONSTANT,
    /** A straight line. */
    LINEAR,
    /** Half a cosine wave. */
    COSINE
  }

  /** Rejects a rate below zero and a run shorter than its warm-up. */
  public LearningRate {
    if (!(peak >= 0) || warmupSteps < 0 || totalSteps < Math.max(1, warmupSteps)) {
      throw new IllegalArgumentException(
          "a rate of at least 0 and at least as many steps as warm-up are needed, not %s, %d and %d"
              .formatted(peak, totalSteps, warmupSteps));
    }
    if (!(least >= 0 && least <= peak)) {
      throw new IllegalArgumentException(
          "the least rate must be in [0, %s] but was %s".formatted(peak, least));
    }
  }

  /** The rate of a step, counted from 0. */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * step / warmupSteps;
    }
    double rest = Math.max(1, totalSteps - warmupSteps);
    double progress = Math.min(1, (step - warmupSteps) / rest);
    return switch (schedule) {
      case CONSTANT -> peak;
      case LINEAR -> least + (peak - least) * (1 - progress);
      case COSINE -> least + (peak - least) * 0.5 * (1 + Math.cos(Math.PI * progress));
    };
  }
}
