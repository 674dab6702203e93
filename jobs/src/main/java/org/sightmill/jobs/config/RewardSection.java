package org.sightmill.jobs.config;

import java.io.Serializable;
import org.sightmill.trainer.grpo.GuardedRewarder;
import org.sightmill.trainer.grpo.Rewarder;
import org.sightmill.trainer.reward.MixedReward;
import org.sightmill.trainer.reward.RewardSettings;

/**
 * What completions earn.
 *
 * @param mix weights, shaping and slope of the mixed reward
 * @param scorerFailure what a score means that the scorer of open answers does not give
 */
public record RewardSection(RewardSettings mix, GuardedRewarder.ScorerFailure scorerFailure)
    implements Serializable {

  /** The paper's mixture. */
  public static final RewardSection DEFAULT =
      new RewardSection(RewardSettings.DEFAULT, GuardedRewarder.ScorerFailure.FAIL);

  /** The rewards as a worker computes them, with the functions of its class path. */
  public Rewarder rewarder() {
    MixedReward mixed = MixedReward.withoutScorer(mix, MixedReward.installed());
    return new GuardedRewarder(mixed, scorerFailure);
  }
}
