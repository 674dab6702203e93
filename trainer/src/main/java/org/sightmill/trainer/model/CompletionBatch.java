package org.sightmill.trainer.model;

import java.util.List;

/**
 * Continuations of prompts as rows of one rectangle, padded on the right.
 *
 * @param owners the prompt of each row
 */
record CompletionBatch(PromptBatch prompts, int[] owners, List<int[]> completions, int width) {

  static CompletionBatch of(
      PromptBatch prompts, int[] owners, List<int[]> completions, int vocabulary) {
    if (owners.length != completions.size() || completions.isEmpty()) {
      throw new IllegalArgumentException(
          "%d completions need as many owners, but there are %d"
              .formatted(completions.size(), owners.length));
    }
    completions.forEach(tokens -> PromptBatch.checkTokens(tokens, vocabulary));
    int width = completions.stream().mapToInt(tokens -> tokens.length).max().orElseThrow();
    if (width == 0) {
      throw new IllegalArgumentException("completions have no tokens");
    }
    return new CompletionBatch(prompts, owners, completions, width);
  }

  int rows() {
    return owners.length;
  }

  long[] ids() {
    long[] ids = new long[rows() * width];
    for (int row = 0; row < rows(); row++) {
      for (int i = 0; i < completions.get(row).length; i++) {
        ids[row * width + i] = completions.get(row)[i];
      }
    }
    return ids;
  }

  /** Positions [3, B, T], going on from the prompt on all axes alike. */
  long[] ropePositions() {
    long[] flat = new long[3 * rows() * width];
    for (int row = 0; row < rows(); row++) {
      long next = prompts.positions().get(owners[row]).next();
      for (int axis = 0; axis < 3; axis++) {
        for (int i = 0; i < width; i++) {
          flat[(axis * rows() + row) * width + i] = next + i;
        }
      }
    }
    return flat;
  }

  /** [B, 1, T, past + T]: the prompt's tokens, and the row's own up to the query. */
  boolean[] mask() {
    int past = prompts.width();
    boolean[] mask = new boolean[rows() * width * (past + width)];
    int at = 0;
    for (int row = 0; row < rows(); row++) {
      for (int query = 0; query < width; query++) {
        for (int key = 0; key < past; key++) {
          mask[at++] = prompts.holdsToken(owners[row], key);
        }
        for (int key = 0; key < width; key++) {
          mask[at++] = key <= query;
        }
      }
    }
    return mask;
  }

  /** Tokens that are no padding. */
  int tokens() {
    return completions.stream().mapToInt(tokens -> tokens.length).sum();
  }

  /** The token ids, row by row without padding. */
  long[] targets() {
    return completions.stream().flatMapToInt(java.util.Arrays::stream).asLongStream().toArray();
  }

  /** Flat cells [rows x width] of the tokens. */
  long[] cells() {
    long[] cells = new long[tokens()];
    int at = 0;
    for (int row = 0; row < rows(); row++) {
      for (int i = 0; i < completions.get(row).length; i++) {
        cells[at++] = (long) row * width + i;
      }
    }
    return cells;
  }

  /**
   * For each token the hidden state that predicts it: flat index into the prompts' states followed
   * by the completions' own. The first token is predicted by the prompt's last.
   */
  long[] sources() {
    long[] sources = new long[tokens()];
    long own = (long) prompts.rows() * prompts.width();
    int at = 0;
    for (int row = 0; row < rows(); row++) {
      int last = prompts.prompts().get(owners[row]).length() - 1;
      for (int i = 0; i < completions.get(row).length; i++) {
        sources[at++] = i == 0 ? prompts.cell(owners[row], last) : own + (long) row * width + i - 1;
      }
    }
    return sources;
  }
}
