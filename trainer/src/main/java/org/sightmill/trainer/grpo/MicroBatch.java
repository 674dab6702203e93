package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive completions of a pack of groups as rows of a rectangle [B, T], padded with zeros.
 *
 * @param first index of the first row in its pack
 */
record MicroBatch(int first, List<Rollout> rollouts, int width) {

  static List<MicroBatch> cut(List<Rollout> rollouts, int size) {
    List<MicroBatch> batches = new ArrayList<>();
    for (int from = 0; from < rollouts.size(); from += size) {
      List<Rollout> rows = rollouts.subList(from, Math.min(rollouts.size(), from + size));
      int width = rows.stream().mapToInt(row -> row.tokens().length).max().orElseThrow();
      batches.add(new MicroBatch(from, rows, width));
    }
    return batches;
  }

  int rows() {
    return rollouts.size();
  }

  int length(int row) {
    return rollouts.get(row).tokens().length;
  }

  List<int[]> completions() {
    return rollouts.stream().map(Rollout::tokens).toList();
  }

  /** This batch's rows of a pack's values. */
  float[] grid(float[][] ofPack) {
    float[] cells = new float[rows() * width];
    for (int row = 0; row < rows(); row++) {
      System.arraycopy(ofPack[first + row], 0, cells, row * width, length(row));
    }
    return cells;
  }

  /** The decoder's log-probabilities. */
  float[] sampled() {
    float[] cells = new float[rows() * width];
    for (int row = 0; row < rows(); row++) {
      System.arraycopy(rollouts.get(row).logProbs(), 0, cells, row * width, length(row));
    }
    return cells;
  }

  /** 1 for each token that counts. */
  float[] mask(ObjectiveSettings settings) {
    float[] cells = new float[rows() * width];
    for (int row = 0; row < rows(); row++) {
      if (counts(rollouts.get(row), settings)) {
        Arrays.fill(cells, row * width, row * width + length(row), 1);
      }
    }
    return cells;
  }

  /** Whether a completion has a part in the loss. */
  static boolean counts(Rollout rollout, ObjectiveSettings settings) {
    return !settings.maskTruncatedCompletions() || !rollout.isTruncated();
  }

  float[] advantages(double[] ofPack) {
    float[] values = new float[rows()];
    for (int row = 0; row < rows(); row++) {
      values[row] = (float) ofPack[first + row];
    }
    return values;
  }
}
