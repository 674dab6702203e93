package org.sightmill.pipeline.answer.math;

/** Judging would take more work than the caps allow. Carries no stack trace: it is an outcome. */
final class BudgetExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BudgetExceededException(String message) {
    super(message, null, false, false);
  }
}
