package org.sightmill.jobs.config;

import java.io.Serializable;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.trainer.grpo.GuardedRewarder;
import org.sightmill.trainer.reward.RewardSettings;

/**
 * What completions earn.
 *
 * @param mix weights, shaping and slope of the mixed reward
 * @param scorer who scores free answers; null where they earn their similarity to the reference
 * @param scorerFailure what a score means that the scorer does not give
 */
public record RewardSection(
    RewardSettings mix, TeacherConfig scorer, GuardedRewarder.ScorerFailure scorerFailure)
    implements Serializable {

  /** The paper's mixture. */
  public static final RewardSection DEFAULT =
      new RewardSection(RewardSettings.DEFAULT, null, GuardedRewarder.ScorerFailure.FAIL);
}
