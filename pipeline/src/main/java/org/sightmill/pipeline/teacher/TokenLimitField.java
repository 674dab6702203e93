package org.sightmill.pipeline.teacher;

/** The names that servers know the limit of a reply's tokens by. */
public enum TokenLimitField {
  /** The present name; newer models refuse the other. */
  MAX_COMPLETION_TOKENS,
  /** The old name, which some servers know alone. */
  MAX_TOKENS
}
