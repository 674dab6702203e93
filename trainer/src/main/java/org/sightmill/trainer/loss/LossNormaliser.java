package org.sightmill.trainer.loss;

/**
 * What sums are divided by: counts over the whole batch of an optimizer step, fixed before
 * backward, so that the result depends neither on micro-batches nor on where they run.
 *
 * @param sequences completions
 * @param tokens completion tokens that count
 * @param maxCompletionTokens the most tokens that a completion may have
 */
public record LossNormaliser(double sequences, double tokens, int maxCompletionTokens) {

  /** Rejects counts below 1. */
  public LossNormaliser {
    if (!(sequences >= 1) || !(tokens >= 1) || maxCompletionTokens < 1) {
      throw new IllegalArgumentException(
          "a loss is divided by at least 1 sequence, token and token limit, not %s, %s and %s"
              .formatted(sequences, tokens, maxCompletionTokens));
    }
  }
}
