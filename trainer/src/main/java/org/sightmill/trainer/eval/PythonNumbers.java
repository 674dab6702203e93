package org.sightmill.trainer.eval;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Python's {@code int} and {@code float} make of a text. */
final class PythonNumbers {
  private static final Pattern INT = Pattern.compile("[+-]?\\d+(_\\d+)*");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?");

  /** Longer ones fail in Python too. */
  private static final int MAX_DIGITS = 4_300;

  private PythonNumbers() {}

  static Optional<BigInteger> integer(String text) {
    String plain = text.strip();
    return plain.length() <= MAX_DIGITS && INT.matcher(plain).matches()
        ? Optional.of(new BigInteger(plain.replace("_", "").replaceFirst("^\\+", "")))
        : Optional.empty();
  }

  static Optional<Double> real(String text) {
    String plain = text.strip();
    if (plain.matches("(?i)[+-]?(inf|infinity)")) {
      return Optional.of(
          plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (plain.matches("(?i)[+-]?nan")) {
      return Optional.of(Double.NaN);
    }
    return plain.length() <= MAX_DIGITS && FLOAT.matcher(plain).matches()
        ? Optional.of(Double.parseDouble(plain.replace("_", "")))
        : Optional.empty();
  }
}
