package org.sightmill.trainer.distributed.exchange;

/** Leaves a computation that nobody waits for any more. */
final class AttemptOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final AttemptFailedException failure;

  AttemptOverException(AttemptFailedException failure) {
    super(failure);
    this.failure = failure;
  }

  AttemptFailedException failure() {
    return failure;
  }
}
