package org.sightmill.trainer.grpo;

import java.util.List;

/** The divergence from the reference out of scores that were taken before the first update. */
final class KlRewards {
  private KlRewards() {}

  /** Rewards less beta times the sum over each completion's tokens. */
  static double[] of(GroupRollouts group, GroupScores scores, KlSettings kl, double beta) {
    double[] rewards = group.rewards();
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] -= beta * sum(scores.policy()[i], scores.reference()[i], kl);
    }
    return rewards;
  }

  /** The mean over all tokens of all groups. */
  static double meanPerToken(List<TrainGroup> groups, KlSettings kl) {
    double sum = 0;
    long tokens = 0;
    for (TrainGroup group : groups) {
      GroupScores scores = group.scores();
      for (int i = 0; i < scores.policy().length; i++) {
        sum += sum(scores.policy()[i], scores.reference()[i], kl);
        tokens += scores.policy()[i].length;
      }
    }
    return tokens == 0 ? Double.NaN : sum / tokens;
  }

  private static double sum(float[] policy, float[] reference, KlSettings kl) {
    double sum = 0;
    for (int i = 0; i < policy.length; i++) {
      sum += kl.klEstimator().of(policy[i], reference[i]);
    }
    return sum;
  }
}
