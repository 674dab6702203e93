package org.sightmill.trainer.grpo;

import java.io.Serializable;
import org.sightmill.trainer.loss.KlEstimator;

/**
 * How the policy is held to its reference.
 *
 * @param beta weight of the divergence at the start, 0 for no reference at all
 * @param klIn in the loss of each token, or summed and taken off each completion's reward
 * @param klEstimator k2 or k3 in the loss, any in the reward; the controller sees the same
 * @param klControl whether beta stays or is adapted
 * @param klTarget divergence per token that the adaptive controller holds, in nats
 * @param klHorizon completions over which a lasting error of 20 % changes beta by 20 %
 */
public record KlSettings(
    double beta,
    Place klIn,
    KlEstimator klEstimator,
    Control klControl,
    double klTarget,
    double klHorizon)
    implements Serializable {

  /** Where the divergence enters. */
  public enum Place {
    /** Of each token. */
    LOSS,
    /** Of each completion. */
    REWARD
  }

  /** What becomes of beta. */
  public enum Control {
    /** Nothing. */
    FIXED,
    /** {@link org.sightmill.trainer.optim.KlController}, once per generation batch. */
    ADAPTIVE
  }

  /** The paper's target. */
  public static final double DEFAULT_TARGET = 5e-4;

  /** Of Ziegler et al. */
  public static final double DEFAULT_HORIZON = 10_000;

  /** No reference. */
  public static final KlSettings NONE =
      new KlSettings(0, Place.LOSS, KlEstimator.K3, Control.FIXED, DEFAULT_TARGET, DEFAULT_HORIZON);

  /** TRL's: no reference. */
  public static final KlSettings DEFAULT = NONE;

  /** Rejects values out of range, and an estimator without a useful gradient in the loss. */
  public KlSettings {
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("beta must be finite and at least 0 but was " + beta);
    }
    if (!(klTarget > 0) || !(klHorizon > 0)) {
      throw new IllegalArgumentException(
          "kl_target and kl_horizon must be above 0 but were %s and %s"
              .formatted(klTarget, klHorizon));
    }
    if (beta > 0 && klIn == Place.LOSS && klEstimator == KlEstimator.K1) {
      throw new IllegalArgumentException(
          "kl_estimator k1 has no useful gradient: take k2 or k3, or kl_in reward");
    }
    if (beta == 0 && klControl == Control.ADAPTIVE) {
      throw new IllegalArgumentException(
          "kl_control adaptive scales beta, which must be above 0 at the start but was 0");
    }
  }

  boolean needsReference() {
    return beta > 0;
  }

  boolean isInReward() {
    return beta > 0 && klIn == Place.REWARD;
  }
}
