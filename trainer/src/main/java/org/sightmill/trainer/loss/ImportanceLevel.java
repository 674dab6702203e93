package org.sightmill.trainer.loss;

/** Whose probability ratio weighs a token. */
public enum ImportanceLevel {
  /** The token's own. */
  TOKEN,
  /** The geometric mean over its sequence (GSPO). */
  SEQUENCE
}
