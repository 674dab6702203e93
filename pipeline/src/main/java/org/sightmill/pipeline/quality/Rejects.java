package org.sightmill.pipeline.quality;

/** The columns of a check's result: {@code sample_id} and these two, only rows that end. */
final class Rejects {
  /** A {@link org.sightmill.pipeline.reject.RejectReason} code. */
  static final String CODE = "code";

  /** What a person needs to understand it, the other row or the benchmark's item among it. */
  static final String DETAIL = "detail";

  private Rejects() {}
}
