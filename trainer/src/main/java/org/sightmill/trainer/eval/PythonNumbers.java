package org.sightmill.trainer.eval;

import java.math.BigInteger;
import java.util.Optional;
import org.sightmill.pipeline.answer.evaluator.PythonText;

/** What Python's {@code int} and {@code float} make of a text. */
final class PythonNumbers {
  /** Longer whole numbers fail in Python too. */
  private static final int MAX_DIGITS = 4_300;

  private PythonNumbers() {}

  static Optional<BigInteger> integer(String text) {
    return PythonText.integer(text)
        .filter(digits -> digits.length() <= MAX_DIGITS)
        .map(BigInteger::new);
  }

  static Optional<Double> real(String text) {
    return PythonText.real(text);
  }
}
