package org.sightmill.pipeline.answer.math;

/** A text is no formula. Carries no stack trace: it is an outcome. */
final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SyntaxException(String message) {
    super(message, null, false, false);
  }
}
