package org.sightmill.trainer.optim;

/**
 * AdamW's constants (Loshchilov and Hutter 2019, algorithm 2).
 *
 * @param weightDecay what share of a weight, times the learning rate, a step takes off
 */
public record AdamWSettings(double beta1, double beta2, double epsilon, double weightDecay) {
  /** What transformers and TRL take when nothing is said. */
  public static final AdamWSettings DEFAULT = new AdamWSettings(0.9, 0.999, 1e-8, 0);

  /** Rejects values out of range. */
  public AdamWSettings {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "betas must be in [0, 1) but are %s and %s".formatted(beta1, beta2));
    }
    if (!(epsilon > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "epsilon must be above 0 and weight decay at least 0, but they are %s and %s"
              .formatted(epsilon, weightDecay));
    }
  }
}
