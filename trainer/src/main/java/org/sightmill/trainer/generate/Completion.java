package org.sightmill.trainer.generate;

import java.util.Objects;

/**
 * A sampled continuation.
 *
 * @param tokens ids, a stop token included
 * @param logProbs of each token: log-softmax of the 32-bit logits over the temperature, before
 *     penalties, filters and bans
 */
public record Completion(int[] tokens, float[] logProbs, StopReason reason) {

  /** Rejects arrays of different lengths. */
  public Completion {
    Objects.requireNonNull(reason, "reason");
    if (tokens.length != logProbs.length) {
      throw new IllegalArgumentException(
          "%d tokens have %d log-probabilities".formatted(tokens.length, logProbs.length));
    }
  }
}
