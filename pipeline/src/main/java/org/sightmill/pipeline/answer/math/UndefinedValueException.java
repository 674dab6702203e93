package org.sightmill.pipeline.answer.math;

/** An expression has no value here. Carries no stack trace: it is an outcome. */
final class UndefinedValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndefinedValueException(String message) {
    super(message, null, false, false);
  }
}
