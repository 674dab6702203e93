package org.sightmill.trainer.loss;

/**
 * The loss's constants, named as in TRL.
 *
 * @param epsilonLow ratios below 1 minus this are clipped
 * @param epsilonHigh ratios above 1 plus this are clipped; for CISPO the largest ratio itself
 * @param delta upper bound of unclipped ratios, infinite for none
 * @param beta weight of the KL term against the reference, 0 for no such term
 * @param klEstimator what that term is
 */
public record GrpoSettings(
    LossType lossType,
    ImportanceLevel importanceLevel,
    double epsilonLow,
    double epsilonHigh,
    double delta,
    double beta,
    KlEstimator klEstimator) {

  /** With the estimator of TRL, {@link KlEstimator#K3}. */
  public GrpoSettings(
      LossType lossType,
      ImportanceLevel importanceLevel,
      double epsilonLow,
      double epsilonHigh,
      double delta,
      double beta) {
    this(lossType, importanceLevel, epsilonLow, epsilonHigh, delta, beta, KlEstimator.K3);
  }

  /** Rejects bounds without room and a negative beta. */
  public GrpoSettings {
    if (!(epsilonLow >= 0 && epsilonLow <= 1) || !(epsilonHigh >= 0)) {
      throw new IllegalArgumentException(
          "epsilon must be in [0, 1] and epsilon_high at least 0, but they are %s and %s"
              .formatted(epsilonLow, epsilonHigh));
    }
    if (!(delta > 1)) {
      throw new IllegalArgumentException("delta must be above 1 but is " + delta);
    }
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("beta must be finite and at least 0 but is " + beta);
    }
    if (beta > 0 && klEstimator == KlEstimator.K1) {
      throw new IllegalArgumentException(
          "kl_estimator k1 has no useful gradient: use k2 or k3 in the loss, or k1 in the reward");
    }
  }
}
