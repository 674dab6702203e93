package org.sightmill.trainer.model;

import java.util.List;
import java.util.Objects;

/**
 * Tokens with the pictures that their image tokens stand for, in order, without padding.
 *
 * @param tokens token ids, each image token repeated once per merged patch
 */
public record Prompt(int[] tokens, List<PatchGrid> images) {

  /** Rejects an empty prompt. */
  public Prompt {
    Objects.requireNonNull(tokens, "tokens");
    images = List.copyOf(images);
    if (tokens.length == 0) {
      throw new IllegalArgumentException("a prompt needs at least one token");
    }
  }

  /** The number of tokens. */
  public int length() {
    return tokens.length;
  }
}
