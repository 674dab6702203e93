package org.sightmill.pipeline.step;

/** A step can't start: what it reads is not there. */
public final class StepInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that names the step, the path and what to do. */
  public StepInputException(String message) {
    super(message);
  }
}
