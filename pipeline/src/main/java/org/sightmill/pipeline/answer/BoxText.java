package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the first box in a text: {@code [x1, y1, x2, y2]} with square or round brackets, nested, in
 * JSON or tags; two corner points; named corners; or four numbers that are the whole text. The
 * first counts, so that listing boxes does not pay.
 */
final class BoxText {
  private static final String NUMBER =
      "[\"']?\\s*([-+]?(?:\\d{1,9}\\.?\\d{0,30}|\\.\\d{1,30})(?:[eE][-+]?\\d{1,2}|\\s?/\\s?[1-9]\\d{0,8})?)\\s*[\"']?";
  private static final String COMMA = "\\s*,\\s*";
  private static final String FOUR = NUMBER + COMMA + NUMBER + COMMA + NUMBER + COMMA + NUMBER;
  private static final String PAIR = NUMBER + COMMA + NUMBER;
  private static final String SPACED = NUMBER + "\\s+" + NUMBER + "\\s+" + NUMBER + "\\s+" + NUMBER;
  private static final Pattern PIXELS = Pattern.compile("(?<=\\d) ?px\\b");

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("\\[\\s*" + FOUR + "\\s*,?\\s*\\]"),
          Pattern.compile("\\(\\s*" + FOUR + "\\s*\\)"),
          Pattern.compile("\\{\\s*" + FOUR + "\\s*\\}"),
          Pattern.compile(
              "[(\\[]\\s*"
                  + PAIR
                  + "\\s*[)\\]]\\s*,?\\s*(?:to|and|-)?\\s*(?:(?:the )?(?:bottom|lower)[ -]right(?: corner)?(?: at)?)?\\s*[(\\[]\\s*"
                  + PAIR
                  + "\\s*[)\\]]"),
          Pattern.compile(
              named("x_?(?:1|min)|left")
                  + named("y_?(?:1|min)|top")
                  + named("x_?(?:2|max)|right")
                  + last("y_?(?:2|max)|bottom"),
              Pattern.CASE_INSENSITIVE),
          Pattern.compile("<(?:box|bbox)>\\s*" + FOUR + "\\s*</(?:box|bbox)>"),
          Pattern.compile("<(?:box|bbox)>\\s*" + SPACED + "\\s*</(?:box|bbox)>"),
          Pattern.compile("\\A\\s*" + FOUR + "\\s*\\.?\\s*\\z"),
          Pattern.compile("\\A\\s*" + SPACED + "\\s*\\z"));

  private BoxText() {}

  private static String named(String names) {
    return last(names) + "\\s*[,;]?\\s*";
  }

  private static String last(String names) {
    return "[\"']?\\b(?:" + names + ")[\"']?\\s*[:=]\\s*" + NUMBER;
  }

  /** The four numbers as written, which need not make a box; empty when there are none. */
  static Optional<double[]> read(String text) {
    String plain =
        text.substring(0, Math.min(text.length(), Statements.WINDOW))
            .replace("\\left", "")
            .replace("\\right", "")
            .replace("\\[", "[")
            .replace("\\]", "]")
            .replace("\\,", " ")
            .replace('−', '-')
            .replace('，', ',');
    plain = plain.contains("px") ? PIXELS.matcher(plain).replaceAll("") : plain;
    double[] first = null;
    int start = Integer.MAX_VALUE;
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(plain);
      if (matcher.find() && matcher.start() < start) {
        start = matcher.start();
        first = numbers(matcher);
      }
    }
    return Optional.ofNullable(first);
  }

  private static double[] numbers(Matcher matcher) {
    double[] numbers = new double[4];
    for (int i = 0; i < 4; i++) {
      numbers[i] = number(matcher.group(i + 1));
    }
    return numbers;
  }

  private static double number(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? Double.parseDouble(text)
        : Double.parseDouble(text.substring(0, slash))
            / Double.parseDouble(text.substring(slash + 1));
  }

  static String write(double[] numbers) {
    return "[%s, %s, %s, %s]".formatted(numbers[0], numbers[1], numbers[2], numbers[3]);
  }
}
