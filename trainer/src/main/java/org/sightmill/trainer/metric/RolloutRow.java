package org.sightmill.trainer.metric;

import java.util.Map;

/**
 * One completion for a look at it: the row of the rollouts' table.
 *
 * @param step of the run, from 1
 * @param sampleId the row of the data set
 * @param completion text without control tokens
 * @param tokens its length
 * @param reward what it earned in all
 * @param rewardParts each part by name
 * @param advantage what its tokens were weighed with; NaN where it took no part in an update
 * @param finishReason {@code stop_token}, {@code condition} or {@code length}
 * @param policyVersion optimizer steps behind the weights that sampled
 * @param seed that gives the same completion again
 * @param executor who sampled
 * @param device what on
 */
public record RolloutRow(
    long step,
    String sampleId,
    String completion,
    int tokens,
    double reward,
    Map<String, Double> rewardParts,
    double advantage,
    String finishReason,
    long policyVersion,
    long seed,
    String executor,
    String device) {

  /** Copies the map. */
  public RolloutRow {
    rewardParts = Map.copyOf(rewardParts);
  }
}
