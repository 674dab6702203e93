package org.sightmill.pipeline.answer.math;

/**
 * Work allowed for one comparison, counted in steps of about a microsecond. The caps bound work,
 * not time: the same input always gets the same verdict, on any machine. Not thread-safe; one per
 * comparison.
 */
final class Budget {
  /** Longest formula that is parsed, in characters. */
  static final int MAX_CHARS = 4_000;

  /** Deepest nesting of grammar rules; a pair of brackets takes seven. */
  static final int MAX_DEPTH = 240;

  /** Most operators of one formula that nest to the left, such as divisions and factorials. */
  static final int MAX_CHAIN = 200;

  /** Most nodes in a formula. */
  static final int MAX_NODES = 4_000;

  /** Longest numerator or denominator of an exact value, in bits. */
  static final int MAX_BITS = 40_000;

  /** Length of all numbers of one formula together, in bits: only exponents can reach it. */
  static final int MAX_BITS_OF_ALL = 10 * MAX_BITS;

  /** Evaluation steps for one comparison. */
  static final int MAX_STEPS = 20_000;

  private int left = MAX_STEPS;

  /** Takes {@code steps} from what is left. */
  void spend(int steps) {
    left -= steps;
    if (left < 0) {
      throw new BudgetExceededException("more than %d evaluation steps".formatted(MAX_STEPS));
    }
  }
}
