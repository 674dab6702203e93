package org.sightmill.trainer.loss;

/**
 * Estimates of the divergence of the policy from the reference by one sampled token, with d = log p
 * - log reference (Schulman, "Approximating KL divergence").
 */
public enum KlEstimator {
  /** d: unbiased, of either sign. Its gradient is no gradient of KL, so it is for rewards only. */
  K1,
  /** d squared, halved. */
  K2,
  /** exp(-d) + d - 1: unbiased and never negative. */
  K3;

  /** The estimate for one token. */
  public double of(double logProb, double reference) {
    double d = logProb - reference;
    return switch (this) {
      case K1 -> d;
      case K2 -> 0.5 * d * d;
      case K3 -> Math.exp(-d) + d - 1;
    };
  }
}
