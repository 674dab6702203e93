package org.sightmill.trainer.update;

/** A run that must not go on; the message says why and what to do. */
public final class TrainingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the one who started the run. */
  public TrainingFailedException(String message) {
    super(message);
  }
}
