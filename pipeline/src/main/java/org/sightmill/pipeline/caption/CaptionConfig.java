package org.sightmill.pipeline.caption;

import org.sightmill.pipeline.check.Checks;

/**
 * What step 2 does.
 *
 * @param contextUse what the source's own knowledge of a picture is used for
 */
public record CaptionConfig(ContextUse contextUse) {
  /** The source's knowledge of a picture is truer than a model's words, and costs nothing. */
  public static final ContextUse DEFAULT_CONTEXT_USE = ContextUse.INSTEAD;

  /** The defaults. */
  public static final CaptionConfig DEFAULT = new CaptionConfig(DEFAULT_CONTEXT_USE);

  /** What to do with a row that has context and no caption. */
  public enum ContextUse {
    /** The context is the caption; no call. */
    INSTEAD,
    /** The captioner is asked, and the reasoner gets both. */
    BESIDE
  }

  /** Checks that all is there. */
  public CaptionConfig {
    new Checks().that(contextUse != null, "context_use is required").orThrow();
  }
}
