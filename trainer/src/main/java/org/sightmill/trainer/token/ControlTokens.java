package org.sightmill.trainer.token;

/** What decoding does with special tokens. */
public enum ControlTokens {
  /** Leaves them out. */
  SKIP,
  /** Writes their text. */
  WRITE
}
