package org.sightmill.trainer.distributed.exchange;

/** An attempt ended without committing, for one reason that every member is told. */
public final class AttemptFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /** The reason, and a sentence that names who and what. */
  public AttemptFailedException(FailureReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** The typed reason. */
  public FailureReason reason() {
    return reason;
  }
}
