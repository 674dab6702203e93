package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.sightmill.trainer.engine.Scope;

/**
 * Runs of patches that attend to one another, as {@link VisionProgram} takes them.
 *
 * @param lengths patches of each run; the runs follow one another
 */
record Segments(List<Integer> lengths) {

  Segments {
    lengths = List.copyOf(lengths);
  }

  /** Index, mask and restore; the latter two matter only where lengths differ. */
  List<NDArray> tensors(Scope scope) {
    int longest = lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    int total = lengths.stream().mapToInt(Integer::intValue).sum();
    boolean even = (long) longest * lengths.size() == total;
    long[] index = new long[lengths.size() * longest];
    boolean[] real = new boolean[index.length];
    long[] restore = new long[total];
    int start = 0;
    for (int segment = 0; segment < lengths.size(); segment++) {
      for (int i = 0; i < longest; i++) {
        int cell = segment * longest + i;
        real[cell] = i < lengths.get(segment);
        index[cell] = real[cell] ? start + i : start;
        if (real[cell]) {
          restore[start + i] = cell;
        }
      }
      start += lengths.get(segment);
    }
    return List.of(
        scope.longs(index, lengths.size(), longest),
        even ? scope.none() : scope.booleans(real, lengths.size(), 1, 1, longest),
        scope.longs(restore, total));
  }
}
