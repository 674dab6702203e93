package org.sightmill.pipeline.answer.math;

/**
 * A piece of a formula.
 *
 * @param kind what it is
 * @param text its normalised text
 * @param spaced whether space came before it
 */
record Token(Kind kind, String text, boolean spaced) {
  /** The kinds of tokens. */
  enum Kind {
    NUMBER,
    SYMBOL,
    /** A LaTeX command or a known function, without backslash. */
    COMMAND,
    /** A word, from text mode or a long run of letters. */
    WORD,
    /** An operator, relation, bracket or separator. */
    OP,
    END
  }

  boolean isOp(String wanted) {
    return kind == Kind.OP && text.equals(wanted);
  }

  boolean isCommand(String wanted) {
    return kind == Kind.COMMAND && text.equals(wanted);
  }
}
