package org.sightmill.trainer.eval;

/**
 * Faults of the evaluator that its numbers carry. They are reproduced in the compatible column
 * alone, and each prediction that one of them decides is counted under its name.
 */
public enum UpstreamBug {
  /** MathVista compares the text {@code None} with a text or list answer, which never fits. */
  MATHVISTA_TEXT_NEVER_SCORES,
  /** MathVista takes a right 0 for nothing found, and asks its judge. */
  MATHVISTA_ZERO_IS_NOTHING,
  /** MathVision reads the first boxed answer up to its first closing brace. */
  MATHVISION_CUT_BOX,
  /** DynaMath takes a text answer for right when it is a part of the gold, even an empty one. */
  DYNAMATH_PART_OF_GOLD,
  /** DynaMath reads the letter E out of "none", and any word with one of the letters A to E. */
  DYNAMATH_LETTER_IN_WORD
}
