package org.sightmill.pipeline.collect;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.sample.AnswerType;

/** Decides an answer's type from its choices and its form. */
final class AnswerTypes {
  private static final Pattern NUMBER =
      Pattern.compile("[-+−]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:\\.\\d*)?(?:[eE][-+]?\\d{1,4})?%?");
  private static final Pattern DIGIT = Pattern.compile("\\d");
  private static final Pattern WORD = Pattern.compile("(?<!\\\\)\\b[A-Za-z]{2,}");
  private static final Pattern MATH_SIGN = Pattern.compile("[\\\\^=+*/<>√π°]|\\d|\\bpi\\b");

  /** Words that stand in expressions. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "asin", "acos",
          "atan", "sinh", "cosh", "tanh", "log", "ln", "lg", "exp", "sqrt", "abs", "pi", "frac",
          "max", "min", "mod", "inf", "infty", "dx", "dy");

  private AnswerTypes() {}

  /**
   * Choices make a choice; four bracketed numbers a box; a number a digit; an expression without
   * prose math; all else is open.
   *
   * @param choices null when the question has none
   */
  static AnswerType decide(String answer, List<String> choices) {
    if (choices != null) {
      return AnswerType.CHOICE;
    }
    if (GoldBox.looksLikeBox(answer)) {
      return AnswerType.BOX;
    }
    if (isNumber(withoutMathDelimiters(answer))) {
      return AnswerType.DIGIT;
    }
    return isExpression(answer) ? AnswerType.MATH : AnswerType.OPEN;
  }

  /** A decimal number, thousands in commas, a per cent sign or an exponent behind it. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches() && DIGIT.matcher(text).find();
  }

  /** {@code $12$} is written for 12. */
  static String withoutMathDelimiters(String text) {
    boolean delimited = text.length() > 2 && text.startsWith("$") && text.endsWith("$");
    return delimited ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static boolean isExpression(String text) {
    if (!MATH_SIGN.matcher(text).find()) {
      return false;
    }
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      boolean latexCommand = words.start() > 0 && text.charAt(words.start() - 1) == '\\';
      if (!latexCommand && !FUNCTIONS.contains(words.group().toLowerCase(java.util.Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }
}
