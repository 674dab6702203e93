package org.sightmill.pipeline.answer.math;

/**
 * What comparing two formulas came to.
 *
 * @param kind the result
 * @param reason one sentence for a person
 */
public record Outcome(Kind kind, String reason) {
  /** The results there are; each means the verdict of the same name. */
  public enum Kind {
    EQUAL,
    DIFFERENT,
    UNPARSED,
    UNDEFINED,
    BUDGET
  }

  static Outcome equal(String reason) {
    return new Outcome(Kind.EQUAL, reason);
  }

  static Outcome different(String reason) {
    return new Outcome(Kind.DIFFERENT, reason);
  }

  static Outcome undefined(String reason) {
    return new Outcome(Kind.UNDEFINED, reason);
  }

  /** Whether the two were found to be the same. */
  public boolean isEqual() {
    return kind == Kind.EQUAL;
  }
}
