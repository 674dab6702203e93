package org.sightmill.pipeline.rewrite;

import org.sightmill.pipeline.check.Checks;

/**
 * What step 4 does.
 *
 * @param maxWordDelta by how many words a rewrite may change the length of a trace with its answer
 */
public record RewriteConfig(int maxWordDelta) {
  /** Words; the paper's. */
  public static final int DEFAULT_MAX_WORD_DELTA = 15;

  /** The defaults. */
  public static final RewriteConfig DEFAULT = new RewriteConfig(DEFAULT_MAX_WORD_DELTA);

  /** Checks the bound. */
  public RewriteConfig {
    new Checks().atLeast(0, "max_word_delta", maxWordDelta).orThrow();
  }
}
