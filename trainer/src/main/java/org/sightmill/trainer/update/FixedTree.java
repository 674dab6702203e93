package org.sightmill.trainer.update;

import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * Sums in an order that depends on the number of leaves alone, so that rounding is the same
 * wherever each leaf was computed. A range of leaves is cut at {@link #middle}, each half summed,
 * and the right sum added to the left.
 */
public final class FixedTree {
  private FixedTree() {}

  /**
   * The sum of all leaves. Leaves are made one after the other, so that at most one more than the
   * depth of the tree is alive.
   *
   * @param leaves how many, at least 1
   * @param add adds the right operand to the left one and frees the right
   */
  public static <T> T sum(int leaves, IntFunction<T> leaf, BinaryOperator<T> add) {
    if (leaves < 1) {
      throw new IllegalArgumentException("a sum needs at least 1 leaf but has " + leaves);
    }
    return sum(0, leaves, leaf, add);
  }

  /** The sum of the leaves from {@code from} to before {@code to}, one node of a larger tree. */
  static <T> T sum(int from, int to, IntFunction<T> leaf, BinaryOperator<T> add) {
    if (to - from == 1) {
      return leaf.apply(from);
    }
    int middle = middle(from, to);
    T left = sum(from, middle, leaf, add);
    return add.apply(left, sum(middle, to, leaf, add));
  }

  /**
   * Where a range of at least two leaves is cut: behind the largest power of two of leaves that is
   * smaller than the range.
   */
  public static int middle(int from, int to) {
    return from + Integer.highestOneBit(to - from - 1);
  }
}
