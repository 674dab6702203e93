package org.sightmill.trainer.grpo;

import java.util.List;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.reward.RewardRequest;

/** Rewards the completions of a group, such as {@code MixedReward::rewards}. */
@FunctionalInterface
public interface Rewarder extends AutoCloseable {
  /** One reward per request, in order. An exception fails the step. */
  List<Reward> rewards(List<RewardRequest> requests);

  /** Ends what it has open; nothing unless overridden. */
  @Override
  default void close() {}
}
