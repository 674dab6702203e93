package org.sightmill.pipeline.answer.math;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers as people write them: plain, in groups of three, with a decimal comma. */
final class NumberReader {
  private static final Pattern PLAIN =
      Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,9}(?![a-zA-Z\\d]))?");
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?");
  private static final Pattern SPACED =
      Pattern.compile("\\d{1,3}(?: \\d{3})+(?![\\d/])(?:\\.\\d+)?");
  private static final Pattern DECIMAL = Pattern.compile("\\d+,\\d+(?![,\\d])");
  private static final Pattern GROUPED_DECIMAL =
      Pattern.compile("[1-9]\\d{0,2}(?:(?:\\.\\d{3})+|(?: \\d{3})+),\\d+(?!\\d)");
  private static final Pattern PADDED = Pattern.compile("0\\d+");

  private final String text;
  private final Lexer.Commas commas;

  NumberReader(String text, Lexer.Commas commas) {
    this.text = text;
    this.commas = commas;
  }

  /**
   * A number that was read.
   *
   * @param value with a point for the decimal mark, and nothing between groups
   * @param end the place behind it
   */
  record Found(String value, int end) {}

  /**
   * The number that begins at a place with a digit, or with a point before one.
   *
   * @param outside whether no bracket is open: commas within brackets separate
   * @param afterComma whether a comma stands right before it
   */
  Found at(int at, boolean outside, boolean afterComma) {
    if (isSeparated(at)) {
      Optional<Found> separated = separated(at, outside);
      if (separated.isPresent()) {
        return separated.get();
      }
    }
    return plain(at, outside && afterComma);
  }

  /** Whether anything that could join digits to further ones stands behind those at hand. */
  private boolean isSeparated(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end < text.length() && ",. ".indexOf(text.charAt(end)) >= 0;
  }

  /** Digits in groups, or with a decimal comma, if they stand here. */
  private Optional<Found> separated(int at, boolean outside) {
    boolean leadingZero = text.charAt(at) == '0';
    boolean grouping = outside && commas == Lexer.Commas.GROUPS;
    boolean pointed = commas == Lexer.Commas.DECIMAL || (leadingZero && grouping);
    Optional<Found> found = Optional.empty();
    if (commas == Lexer.Commas.DECIMAL) {
      found = joined(at, GROUPED_DECIMAL, "[. ]");
    }
    if (found.isEmpty() && !leadingZero && grouping) {
      found = joined(at, GROUPED, "[, ]");
    }
    if (found.isEmpty() && !leadingZero) {
      found = joined(at, SPACED, "[, ]");
    }
    return found.isEmpty() && pointed ? joined(at, DECIMAL, " ") : found;
  }

  /** Groups of three without what separates them; a comma that is left is the decimal one. */
  private Optional<Found> joined(int at, Pattern groups, String separators) {
    Matcher matcher = from(at, groups);
    return matcher.lookingAt()
        ? Optional.of(
            new Found(matcher.group().replaceAll(separators, "").replace(',', '.'), matcher.end()))
        : Optional.empty();
  }

  private Found plain(int at, boolean maybeGroup) {
    Matcher plain = from(at, PLAIN);
    if (!plain.lookingAt()) {
      throw new SyntaxException("a digit that is no number");
    }
    String value = plain.group();
    if (maybeGroup && PADDED.matcher(value).matches()) {
      throw new SyntaxException("the zeros of a group of digits as a value");
    }
    return withoutFullStop(value, plain.end());
  }

  /** A point that ends the sentence is not part of the number. */
  private Found withoutFullStop(String value, int end) {
    boolean cycle = text.startsWith("\\overline", end) || text.startsWith("\\dot", end);
    if (cycle || !value.endsWith(".")) {
      return new Found(value, end);
    }
    boolean ends = end == text.length() || text.charAt(end) == ' ';
    return new Found(value.substring(0, value.length() - 1), ends ? end : end - 1);
  }

  private Matcher from(int at, Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
  }
}
