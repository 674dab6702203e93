package org.sightmill.trainer.grpo;

import java.io.Serializable;

/**
 * How rewards become advantages.
 *
 * @param scaleRewards what a reward's distance from its group's mean is divided by
 * @param zeroVarianceGroups what becomes of groups whose rewards are all equal
 * @param maxResampleRounds how often a step may ask for other prompts in place of such groups; what
 *     is then left of them is dropped
 * @param shuffleRewards a control, not a way to train: every reward goes to another completion of
 *     the generation batch, drawn by the run's seed, so that rewards say nothing of what earned
 *     them. Metrics still show what completions earned
 */
public record AdvantageSettings(
    Scale scaleRewards,
    ZeroVariance zeroVarianceGroups,
    int maxResampleRounds,
    boolean shuffleRewards)
    implements Serializable {

  /** The divisor, as TRL names it. */
  public enum Scale {
    /** The standard deviation of the group's rewards. */
    GROUP,
    /** The standard deviation of the whole generation batch. */
    BATCH,
    /** One (Dr. GRPO). */
    NONE
  }

  /** What to do with groups that teach nothing but closeness to the reference. */
  public enum ZeroVariance {
    /** They stay: their advantage is 0, a KL term still acts on them. */
    KEEP,
    /** They take no part in updates, the KL term neither. */
    DROP,
    /** Other prompts are drawn in their place (DAPO's dynamic sampling). */
    RESAMPLE
  }

  /** DAPO's implementations stop after as many. */
  public static final int DEFAULT_MAX_RESAMPLE_ROUNDS = 3;

  /** TRL's. */
  public static final AdvantageSettings DEFAULT =
      new AdvantageSettings(Scale.GROUP, ZeroVariance.KEEP, DEFAULT_MAX_RESAMPLE_ROUNDS, false);

  /** Rejects a negative limit. */
  public AdvantageSettings {
    if (maxResampleRounds < 0) {
      throw new IllegalArgumentException(
          "max_resample_rounds must be at least 0 but was " + maxResampleRounds);
    }
  }
}
