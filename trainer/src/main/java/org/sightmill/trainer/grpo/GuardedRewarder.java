package org.sightmill.trainer.grpo;

import java.util.List;
import java.util.Map;
import org.sightmill.trainer.reward.MixedReward;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.update.TrainingFailedException;

/**
 * The mixed reward, but a scorer that fails stops the step where that is wanted: a policy must not
 * learn from zeros that only say that an endpoint was down. Retries are the scorer's own.
 */
public final class GuardedRewarder implements Rewarder {
  private static final List<String> FAILURES = List.of("scorer_failed", "score_not_finite");

  /** What a failed score means. */
  public enum ScorerFailure {
    /** The step fails, with a message. */
    FAIL,
    /** The completion earns 0, and is counted. */
    ZERO
  }

  private final MixedReward reward;
  private final ScorerFailure onFailure;

  /** Guards a mixed reward that this thread alone uses. */
  public GuardedRewarder(MixedReward reward, ScorerFailure onFailure) {
    this.reward = reward;
    this.onFailure = onFailure;
  }

  @Override
  public List<Reward> rewards(List<RewardRequest> requests) {
    long before = failures();
    List<Reward> rewards = reward.rewards(requests);
    long failed = failures() - before;
    if (failed > 0 && onFailure == ScorerFailure.FAIL) {
      throw new TrainingFailedException(
          "the scorer gave no score %d times for the %d completions of sample %s, last because: %s; see its endpoint, or set scorer_failure to zero"
              .formatted(
                  failed,
                  requests.size(),
                  requests.get(0).sampleId(),
                  reward.lastScorerFailure().orElse("unknown")));
    }
    return rewards;
  }

  @Override
  public void close() {
    reward.close();
  }

  private long failures() {
    Map<String, Long> counts = reward.counts().snapshot();
    return FAILURES.stream().mapToLong(name -> counts.getOrDefault(name, 0L)).sum();
  }
}
