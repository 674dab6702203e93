package org.sightmill.trainer.grpo;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.sightmill.trainer.generate.StopReason;

/**
 * One rewarded completion.
 *
 * @param tokens ids, the one that ends it included
 * @param logProbs of each, as the decoder had it
 * @param finish why it ended
 * @param text without control tokens
 * @param reward the weighted sum of its parts; finite
 * @param rewardParts each part of the reward by name
 * @param verdict how the verifier judged, in lower case
 */
public record Rollout(
    int[] tokens,
    float[] logProbs,
    StopReason finish,
    String text,
    double reward,
    Map<String, Double> rewardParts,
    String verdict)
    implements Serializable {

  /** Copies the map; rejects null. */
  public Rollout {
    Objects.requireNonNull(finish, "finish");
    Objects.requireNonNull(text, "text");
    rewardParts = Map.copyOf(rewardParts);
  }

  /** Whether it was cut at the token limit. */
  public boolean isTruncated() {
    return finish == StopReason.LENGTH;
  }
}
