package org.sightmill.pipeline.reject;

/**
 * What a reason says about the run. Only {@link #FAULT} counts against {@code max_reject_fraction}.
 */
public enum RejectClass {
  /** Something is broken: a picture, a record, a teacher's reply. */
  FAULT,
  /** The method wants the row gone: a wrong answer, a rewrite that changed too much. */
  FILTERED,
  /** No teacher that is configured can serve the row; the role is named. */
  UNSERVED,
  /**
   * The row is sound, but the split had no place for it. Counted as unselected, not as rejected.
   */
  UNSELECTED
}
