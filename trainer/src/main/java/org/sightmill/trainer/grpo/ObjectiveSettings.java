package org.sightmill.trainer.grpo;

import java.io.Serializable;
import org.sightmill.trainer.loss.GrpoSettings;
import org.sightmill.trainer.loss.ImportanceLevel;
import org.sightmill.trainer.loss.LossType;

/**
 * What an update minimises, named as in TRL.
 *
 * @param lossType formula and average
 * @param importanceSamplingLevel token, or sequence (GSPO)
 * @param epsilon ratios below 1 minus this are clipped
 * @param epsilonHigh ratios above 1 plus this are clipped; null for {@code epsilon}
 * @param delta bound of unclipped ratios, above 1; null for none
 * @param maskTruncatedCompletions leaves completions without an end out of the loss
 * @param importanceCorrection what is done about the decoder's own probabilities
 * @param importanceClipMax bound of that correction, above 0
 */
public record ObjectiveSettings(
    LossType lossType,
    ImportanceLevel importanceSamplingLevel,
    double epsilon,
    Double epsilonHigh,
    Double delta,
    boolean maskTruncatedCompletions,
    ImportanceCorrection importanceCorrection,
    double importanceClipMax)
    implements Serializable {

  /** How the ratio of trained to sampled probability weighs a token. */
  public enum ImportanceCorrection {
    /** Not at all; the difference is only measured. */
    NONE,
    /** By the token's ratio, bounded above. */
    TOKEN_TRUNCATE,
    /** By the sequence's ratio, bounded above. */
    SEQUENCE_TRUNCATE
  }

  /** TRL's. */
  public static final ObjectiveSettings DEFAULT =
      new ObjectiveSettings(
          LossType.DAPO,
          ImportanceLevel.TOKEN,
          0.2,
          null,
          null,
          false,
          ImportanceCorrection.NONE,
          3);

  /** Rejects bounds out of range. */
  public ObjectiveSettings {
    if (!(importanceClipMax > 0)) {
      throw new IllegalArgumentException(
          "importance_clip_max must be above 0 but was " + importanceClipMax);
    }
    settings(lossType, importanceSamplingLevel, epsilon, epsilonHigh, delta, KlSettings.NONE);
  }

  /** The loss with a KL term. */
  GrpoSettings with(KlSettings kl) {
    return settings(lossType, importanceSamplingLevel, epsilon, epsilonHigh, delta, kl);
  }

  private static GrpoSettings settings(
      LossType type, ImportanceLevel level, double low, Double high, Double delta, KlSettings kl) {
    return new GrpoSettings(
        type,
        level,
        low,
        high == null ? low : high,
        delta == null ? Double.POSITIVE_INFINITY : delta,
        kl.klIn() == KlSettings.Place.LOSS ? kl.beta() : 0,
        kl.klEstimator());
  }
}
