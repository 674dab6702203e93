package org.sightmill.trainer.optim;

/**
 * Adapts the KL term's weight towards a target divergence (Ziegler et al. 2019, section 2.2): the
 * weight grows by at most a fifth of its share per horizon while KL is above target, and shrinks
 * below. Immutable: {@link #after} gives the next state.
 *
 * @param beta the current weight
 * @param targetKl divergence to hold, in nats
 * @param horizonSamples over how many samples a lasting error of 20 % changes beta by 20 %
 */
public record KlController(double beta, double targetKl, double horizonSamples) {
  private static final double MAX_ERROR = 0.2;

  /** Rejects a weight below zero, and a target or horizon that is not positive. */
  public KlController {
    if (!(beta >= 0) || !(targetKl > 0) || !(horizonSamples > 0)) {
      throw new IllegalArgumentException(
          "KL control needs beta of at least 0 and a positive target and horizon, not %s, %s and %s"
              .formatted(beta, targetKl, horizonSamples));
    }
  }

  /** The controller after a batch of samples with a mean divergence. */
  public KlController after(double meanKl, long samples) {
    double error = Math.max(-MAX_ERROR, Math.min(MAX_ERROR, meanKl / targetKl - 1));
    return new KlController(
        beta * Math.max(0, 1 + error * samples / horizonSamples), targetKl, horizonSamples);
  }
}
