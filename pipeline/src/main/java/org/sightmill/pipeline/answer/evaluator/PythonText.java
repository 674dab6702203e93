package org.sightmill.pipeline.answer.evaluator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Python makes of a text, where Java differs: its white space (no-break spaces and file
 * separators too), its lengths (code points), its numbers (underscores between digits, digits of
 * any script).
 */
public final class PythonText {
  /** One character that {@code str.isspace} and {@code \s} take. */
  static final String SPACE =
      "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

  private static final Pattern SPACES = Pattern.compile(SPACE + "+");
  private static final String DIGITS = "\\d(?:_?\\d)*";
  private static final Pattern INT = Pattern.compile("[+-]?" + DIGITS);
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:%1$s(?:\\.(?:%1$s)?)?|\\.%1$s)(?:[eE][+-]?%1$s)?".formatted(DIGITS));

  private PythonText() {}

  /** {@code len}: code points, not UTF-16 units. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** {@code strip}. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** {@code split} without an argument; no words of an empty text. */
  public static List<String> words(String text) {
    String stripped = strip(text);
    return stripped.isEmpty() ? List.of() : Arrays.asList(SPACES.split(stripped));
  }

  /** The digits of what {@code int} takes, as Java reads them; empty where it fails. */
  public static Optional<String> integer(String text) {
    String plain = ascii(strip(text));
    return INT.matcher(plain).matches()
        ? Optional.of(plain.replace("_", "").replaceFirst("^\\+", ""))
        : Optional.empty();
  }

  /** {@code float}; empty where it fails. */
  public static Optional<Double> real(String text) {
    String plain = ascii(strip(text));
    if (FLOAT.matcher(plain).matches()) {
      return Optional.of(Double.parseDouble(plain.replace("_", "")));
    }
    return switch (plain.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "")) {
      case "inf", "infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      case "nan", "-nan" -> Optional.of(Double.NaN);
      default -> Optional.empty();
    };
  }

  /** Decimal digits of any script as 0 to 9. */
  private static String ascii(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    return plain.toString();
  }
}
