package org.sightmill.pipeline.distill;

import org.sightmill.pipeline.check.Checks;

/**
 * What step 3 does.
 *
 * @param maxReplyChars the longest reply that is taken, thinking and answer together, in characters
 */
public record DistillConfig(int maxReplyChars) {
  /** Characters; about 50,000 tokens, beyond what reasoners are let write. Bounds memory. */
  public static final int DEFAULT_MAX_REPLY_CHARS = 200_000;

  /** The defaults. */
  public static final DistillConfig DEFAULT = new DistillConfig(DEFAULT_MAX_REPLY_CHARS);

  /** Checks the bound. */
  public DistillConfig {
    new Checks().atLeast(1, "max_reply_chars", maxReplyChars).orThrow();
  }
}
