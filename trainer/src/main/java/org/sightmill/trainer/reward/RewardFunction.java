package org.sightmill.trainer.reward;

/**
 * A reward function of one's own, found by {@link java.util.ServiceLoader} on driver and executors.
 * It is added to the mixed reward under its name with its configured weight. Has to be thread-safe.
 */
public interface RewardFunction {
  /** The name in the configuration and in the log. */
  String name();

  /**
   * The reward for a completion with an answer block.
   *
   * @param answer the text of the answer block, stripped and not empty
   * @return a finite number; anything else, or an exception, counts as 0 and as a failure
   */
  double reward(RewardRequest request, String answer);
}
