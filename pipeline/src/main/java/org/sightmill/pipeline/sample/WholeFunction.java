package org.sightmill.pipeline.sample;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Golds such as {@code a = -5} where the function is asked for (paper, section 3: some golds of
 * Math PUMA hold solved coefficients alone). The values go into the function as the problem's text
 * twin writes it, {@code y = a * sin(-5 * x)}; where the twin writes none, somebody has to say the
 * function, and it is checked here.
 */
public final class WholeFunction {
  /** The key of {@code meta} that marks a gold which no rule completes. */
  public static final String INCOMPLETE = "gold_incomplete";

  /** The key of {@code meta} that keeps the gold of the source. */
  public static final String AS_GIVEN = "gold_as_given";

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

  private static final Pattern FUNCTION_HEAD =
      Pattern.compile("(?<![A-Za-z\\\\])(?:y|[fghFGH]\\s*\\(\\s*[a-z]\\s*\\))\\s*=(?=\\s*\\S)");
  private static final Pattern MARKS_BEHIND = Pattern.compile("(?:[.$`*\\s]|\\\\[)\\]])+$");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

  /** Numbers that a written function leaves out: {@code 1x + 0} is x. */
  private static final Set<String> UNWRITTEN = Set.of("0", "1");

  private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

  private WholeFunction() {}

  /** Whether the gold holds nothing but coefficients, and the question asks for a function. */
  public static boolean isOnlyCoefficients(String question, String gold) {
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
  public static Optional<String> of(String gold, String twin) {
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

  /**
   * The function that {@code text} comes to: the last {@code y = ...} or {@code f(x) = ...}, to the
   * end of its line and without marks of mathematics around it. Empty unless it holds the numbers
   * of the gold, and its letters no more.
   */
  public static Optional<String> said(String gold, String text) {
    Optional<String> last =
        text.lines().flatMap(line -> lastFunction(line).stream()).reduce((before, after) -> after);
    return last.filter(function -> completes(values(gold), function));
  }

  private static Optional<String> lastFunction(String line) {
    return FUNCTION_HEAD
        .matcher(line)
        .results()
        .reduce((before, after) -> after)
        .map(head -> MARKS_BEHIND.matcher(line.substring(head.start())).replaceFirst(""));
  }

  private static boolean completes(Map<String, String> values, String function) {
    String body = function.substring(function.indexOf('=') + 1);
    Set<String> written = numbers(body);
    written.addAll(UNWRITTEN);
    return values.entrySet().stream()
        .allMatch(
            value ->
                !place(value.getKey()).matcher(body).find()
                    && written.containsAll(numbers(value.getValue())));
  }

  private static Set<String> numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
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
