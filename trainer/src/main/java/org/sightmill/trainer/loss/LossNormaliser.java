package org.sightmill.trainer.loss;

import java.io.Serializable;

/**
 * What sums are divided by: counts over the whole batch of an optimizer step, fixed before
 * backward, so that the result depends neither on micro-batches nor on where they run.
 *
 * @param sequences completions
 * @param tokens completion tokens that count
 * @param maxCompletionTokens the most tokens that a completion may have
 * @param widthTokens the longest completion of the whole batch, which only LUSPO's terms of single
 *     tokens are divided by; {@link #OWN_WIDTH} for that of the inputs
 */
public record LossNormaliser(
    double sequences, double tokens, int maxCompletionTokens, int widthTokens)
    implements Serializable {
  /** For a loss over all of a batch at once. */
  public static final int OWN_WIDTH = 0;

  /** For a loss over all of a batch at once. */
  public LossNormaliser(double sequences, double tokens, int maxCompletionTokens) {
    this(sequences, tokens, maxCompletionTokens, OWN_WIDTH);
  }

  /** Rejects counts below 1. */
  public LossNormaliser {
    if (!(sequences >= 1) || !(tokens >= 1) || maxCompletionTokens < 1) {
      throw new IllegalArgumentException(
          "a loss is divided by at least 1 sequence, token and token limit, not %s, %s and %s"
              .formatted(sequences, tokens, maxCompletionTokens));
    }
  }
}
