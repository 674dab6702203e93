package org.sightmill.pipeline.collect.source;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes golds such as {@code a = -5} where the function is asked for: the values go into the
 * function as the problem's text twin writes it, {@code y = a * sin(-5 * x)}.
 */
final class WholeFunction {
  private static final Pattern ASKS_FUNCTION =
      Pattern.compile("\\b(?:equation|expression|formula|function)\\b", Pattern.CASE_INSENSITIVE);
  private static final String ASSIGNMENT = "([A-Za-z])\\s*=\\s*([^=;]+?)";
  private static final Pattern ONE = Pattern.compile(ASSIGNMENT + "(?=\\s*(?:[,;]|\\band\\b|$))");
  private static final Pattern ALL =
      Pattern.compile(
          "\\s*"
              + ASSIGNMENT
              + "(?:\\s*(?:,|;|\\band\\b|,\\s*and\\b)\\s*[A-Za-z]\\s*=\\s*[^=;]+?)*\\s*\\.?\\s*");

  /** A function's name or variable: {@code y = ...} is whole already. */
  private static final String NOT_COEFFICIENTS = "xyfghXYFGH";

  private static final Pattern FUNCTION =
      Pattern.compile(
          "((?:y|[fghFGH]\\(x\\))\\s*=\\s*.+?)"
              + "(?=\\s+(?:goes|passes|has|with|is|where|and|intersects|contains|that|which|for)\\b"
              + "|\\s*[;?]|[.,]\\s|[.,]?\\s*$)");
  private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

  private WholeFunction() {}

  /** Whether the gold holds nothing but coefficients, and the question asks for a function. */
  static boolean isOnlyCoefficients(String question, String gold) {
    return ASKS_FUNCTION.matcher(question).find()
        && ALL.matcher(gold).matches()
        && values(gold).keySet().stream().noneMatch(WholeFunction::isVariable);
  }

  private static boolean isVariable(String letter) {
    return NOT_COEFFICIENTS.contains(letter);
  }

  private static Map<String, String> values(String gold) {
    Map<String, String> values = new TreeMap<>();
    Matcher assignment = ONE.matcher(gold.strip().replaceFirst("\\.$", ""));
    while (assignment.find()) {
      values.put(assignment.group(1), assignment.group(2).strip());
    }
    return values;
  }

  /** The function with the gold's values; empty when the twin writes none with these letters. */
  static Optional<String> of(String gold, String twin) {
    Map<String, String> values = values(gold);
    Matcher function = FUNCTION.matcher(twin);
    while (function.find()) {
      String text = function.group(1).strip();
      if (values.keySet().stream().allMatch(letter -> place(letter).matcher(text).find())) {
        return Optional.of(filled(text, values));
      }
    }
    return Optional.empty();
  }

  /** A letter that stands for itself: not a part of a word, not a function's name. */
  private static Pattern place(String letter) {
    return Pattern.compile("(?<![A-Za-z\\\\])" + letter + "(?![A-Za-z(])");
  }

  private static String filled(String function, Map<String, String> values) {
    String text = function;
    for (Map.Entry<String, String> value : values.entrySet()) {
      Matcher place = place(value.getKey()).matcher(text);
      StringBuilder filled = new StringBuilder();
      while (place.find()) {
        boolean first = text.substring(0, place.start()).matches(".*[=(]\\s*");
        boolean plain = first || PLAIN_NUMBER.matcher(value.getValue()).matches();
        String written = plain ? value.getValue() : "(" + value.getValue() + ")";
        place.appendReplacement(filled, Matcher.quoteReplacement(written));
      }
      text = place.appendTail(filled).toString();
    }
    return text;
  }
}
