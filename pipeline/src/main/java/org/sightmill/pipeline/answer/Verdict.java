package org.sightmill.pipeline.answer;

/**
 * What comparing a prediction with a gold answer came to. Everything but {@link #EQUAL} and {@link
 * #DIFFERENT} is to be counted on its own in reports: such a row was not judged wrong, it was not
 * judged.
 */
public enum Verdict {
  /** The answers are the same. */
  EQUAL,
  /** The answers differ. */
  DIFFERENT,
  /** No answer of the asked type could be read from the prediction, or from the gold. */
  UNPARSED,
  /** Both were read, but a side has no value: division by zero, an integral without closed form. */
  UNDEFINED,
  /** Judging needed more work than the caps allow. */
  BUDGET
}
