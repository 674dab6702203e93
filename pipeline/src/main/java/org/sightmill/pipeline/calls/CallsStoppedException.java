package org.sightmill.pipeline.calls;

/**
 * The run stopped calling before it was done: it was asked to, a cap is reached, or nobody agreed
 * to the cost. Every answer that came is in the response log; the same command goes on from there.
 */
public final class CallsStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that says why and what to do. */
  public CallsStoppedException(String message) {
    super(message);
  }
}
