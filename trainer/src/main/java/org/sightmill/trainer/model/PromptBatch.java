package org.sightmill.trainer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts as rows of one rectangle.
 *
 * @param padding how rows are filled up
 * @param starts column of each row's first token
 * @param places flat index of each image token, pictures in order
 */
record PromptBatch(
    List<Prompt> prompts,
    List<RopePositions> positions,
    Padding padding,
    int width,
    int[] starts,
    long[] places) {

  /** Swallows any score added to it, and still has a place in bfloat16. */
  private static final float HIDDEN = -1e30f;

  static PromptBatch of(List<Prompt> prompts, Padding padding, QwenConfig config) {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one prompt");
    }
    prompts.forEach(prompt -> checkTokens(prompt.tokens(), config.text().vocabulary()));
    int width = prompts.stream().mapToInt(Prompt::length).max().orElseThrow();
    int[] starts =
        prompts.stream()
            .mapToInt(prompt -> padding.side() == Padding.Side.LEFT ? width - prompt.length() : 0)
            .toArray();
    List<RopePositions> positions =
        prompts.stream().map(prompt -> RopePositions.of(prompt, config)).toList();
    return new PromptBatch(
        prompts,
        positions,
        padding,
        width,
        starts,
        places(prompts, width, starts, config.imageToken()));
  }

  /** Token ids outside of the vocabulary would read past the embedding. */
  static void checkTokens(int[] tokens, int vocabulary) {
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new IllegalArgumentException(
            "token id %d is outside of the vocabulary of %d".formatted(token, vocabulary));
      }
    }
  }

  private static long[] places(List<Prompt> prompts, int width, int[] starts, int imageToken) {
    List<Long> places = new ArrayList<>();
    for (int row = 0; row < prompts.size(); row++) {
      int[] tokens = prompts.get(row).tokens();
      for (int i = 0; i < tokens.length; i++) {
        if (tokens[i] == imageToken) {
          places.add((long) row * width + starts[row] + i);
        }
      }
    }
    return places.stream().mapToLong(Long::longValue).toArray();
  }

  int rows() {
    return prompts.size();
  }

  List<PatchGrid> images() {
    return prompts.stream().flatMap(prompt -> prompt.images().stream()).toList();
  }

  /** Token ids [B, T]. */
  long[] ids() {
    long[] ids = new long[rows() * width];
    Arrays.fill(ids, padding.token());
    for (int row = 0; row < rows(); row++) {
      int[] tokens = prompts.get(row).tokens();
      for (int i = 0; i < tokens.length; i++) {
        ids[cell(row, i)] = tokens[i];
      }
    }
    return ids;
  }

  /** Positions [3, B, T], 0 where padded. */
  long[] ropePositions() {
    long[] flat = new long[3 * rows() * width];
    for (int axis = 0; axis < 3; axis++) {
      for (int row = 0; row < rows(); row++) {
        long[] from = positions.get(row).axes()[axis];
        System.arraycopy(from, 0, flat, axis * rows() * width + cell(row, 0), from.length);
      }
    }
    return flat;
  }

  /** Whether some token stands before a row's start, so that attention needs a mask. */
  boolean isLeftPadded() {
    for (int start : starts) {
      if (start > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is added to attention scores [B, 1, T, T]: 0 for the row's tokens up to the query. Padding
   * is hidden by a finite number, so that a padded query, which sees nothing, averages all values
   * as the reference does, and does not become NaN.
   */
  float[] mask() {
    float[] mask = new float[rows() * width * width];
    Arrays.fill(mask, HIDDEN);
    for (int row = 0; row < rows(); row++) {
      for (int query = starts[row]; query < width; query++) {
        int first = (row * width + query) * width;
        Arrays.fill(mask, first + starts[row], first + query + 1, 0);
      }
    }
    return mask;
  }

  /** Flat index of a row's i-th token. */
  int cell(int row, int i) {
    return row * width + starts[row] + i;
  }

  /** Whether a column of a row holds a token. */
  boolean holdsToken(int row, int column) {
    return column >= starts[row] && column < starts[row] + prompts.get(row).length();
  }
}
