package org.sightmill.trainer.grpo;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What came of one planned group.
 *
 * @param rollouts in the order of the plan's seeds; empty where the row was rejected
 * @param rejectCode why the row can't be used, or null
 * @param policyVersion optimizer steps behind the weights that sampled
 * @param host the machine, process or executor that sampled
 * @param device what it sampled on
 * @param rewardSeconds what rewarding took, which is no part of what a run computes
 */
public record GroupRollouts(
    GroupTask task,
    List<Rollout> rollouts,
    String rejectCode,
    long policyVersion,
    String host,
    String device,
    double rewardSeconds)
    implements Serializable {

  /** Copies the list; a group is either rejected or has rollouts. */
  public GroupRollouts {
    rollouts = List.copyOf(rollouts);
    if (rollouts.isEmpty() == (rejectCode == null)) {
      throw new IllegalArgumentException(
          "a group has rollouts or a reason why not, but has %d and %s"
              .formatted(rollouts.size(), rejectCode));
    }
  }

  /** A group whose rewarding was not timed. */
  public GroupRollouts(
      GroupTask task,
      List<Rollout> rollouts,
      String rejectCode,
      long policyVersion,
      String host,
      String device) {
    this(task, rollouts, rejectCode, policyVersion, host, device, 0);
  }

  /** Why there are no rollouts. */
  public Optional<String> rejection() {
    return Optional.ofNullable(rejectCode);
  }

  /** The rewards in order. */
  public double[] rewards() {
    return rollouts.stream().mapToDouble(Rollout::reward).toArray();
  }
}
