package org.sightmill.pipeline.answer.evaluator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What VLMEvalKit and the VLAA-Thinking inference script do with an answer. Faithful, not right:
 * where these differ from {@link org.sightmill.pipeline.answer.Grader}, ours is meant to be right
 * and these are meant to be theirs.
 */
public final class EvaluatorRules {
  /** The letter that stands for a refusal. */
  public static final String REFUSAL = "Z";

  private static final double RELAXED_TOLERANCE = 0.05;
  private static final double ANLS_THRESHOLD = 0.5;
  private static final int LAST_WORDS = 5;
  private static final List<String> REFUSALS =
      List.of(
          "Sorry, I can't help with images of people yet.",
          "I can't process this file.",
          "I'm sorry, but without the image provided",
          "Cannot determine the answer");
  private static final Pattern PUNCTUATION = Pattern.compile("[.()\\[\\],:;!*#{}]");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "answer%1$s+is%1$s+\\**([ABCD])\\**".formatted(PythonText.SPACE),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern ANSWER_BLOCK =
      Pattern.compile("<answer>(.*?)</answer>", Pattern.DOTALL);

  private EvaluatorRules() {}

  /**
   * VLMEvalKit's {@code can_infer}: the letter of an option, {@link #REFUSAL}, or empty.
   *
   * @param choices option texts by upper case letter, in order
   */
  public static Optional<String> canInfer(String answer, Map<String, String> choices) {
    Optional<String> option = canInferOption(answer, choices);
    return option.isPresent() ? option : canInferText(answer, choices);
  }

  private static Optional<String> canInferOption(String answer, Map<String, String> choices) {
    if (answer.contains("Failed to obtain answer via API")) {
      return Optional.empty();
    }
    if (REFUSALS.stream().anyMatch(answer::contains)) {
      return Optional.of(REFUSAL);
    }
    List<String> words = PythonText.words(PUNCTUATION.matcher(answer).replaceAll(" "));
    List<String> named = choices.keySet().stream().filter(words::contains).toList();
    if (named.size() == 1 && words.indexOf(named.get(0)) > words.size() - LAST_WORDS) {
      return Optional.of(named.get(0));
    }
    if (named.isEmpty() && words.contains(REFUSAL)) {
      return Optional.of(REFUSAL);
    }
    return stated(answer, choices);
  }

  private static Optional<String> stated(String answer, Map<String, String> choices) {
    Matcher matcher = STATEMENT.matcher(answer);
    return matcher.find()
        ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT)).filter(choices::containsKey)
        : Optional.empty();
  }

  private static Optional<String> canInferText(String answer, Map<String, String> choices) {
    int total = choices.values().stream().mapToInt(PythonText::length).sum();
    String lower = answer.toLowerCase(Locale.ROOT);
    if (PythonText.length(lower) > 2 * total) {
      return Optional.empty();
    }
    List<String> found =
        choices.entrySet().stream()
            .filter(entry -> lower.contains(entry.getValue().toLowerCase(Locale.ROOT)))
            .map(Map.Entry::getKey)
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** ChartQA's relaxed accuracy: numbers within 5 %, other texts equal ignoring case. */
  public static boolean relaxedAccuracy(String target, String prediction) {
    Optional<Double> said = relaxedNumber(prediction);
    Optional<Double> wanted = relaxedNumber(target).filter(value -> value != 0);
    if (said.isEmpty() || wanted.isEmpty()) {
      return prediction.toLowerCase(Locale.ROOT).equals(target.toLowerCase(Locale.ROOT));
    }
    return Math.abs(said.get() - wanted.get()) / Math.abs(wanted.get()) <= RELAXED_TOLERANCE;
  }

  private static Optional<Double> relaxedNumber(String text) {
    return text.endsWith("%")
        ? PythonText.real(text.replaceAll("%+\\z", "")).map(value -> value / 100)
        : PythonText.real(text);
  }

  /**
   * DocVQA's distance: edits between the texts in lower case with single spaces, over the length of
   * the longer one as it was written.
   */
  public static double anlsDistance(String groundTruth, String prediction) {
    int longest = Math.max(upperLength(groundTruth), upperLength(prediction));
    return longest == 0 ? 0 : (double) Edits.between(flat(groundTruth), flat(prediction)) / longest;
  }

  /** In upper case a text can be longer. */
  private static int upperLength(String text) {
    return PythonText.length(text.toUpperCase(Locale.ROOT));
  }

  private static String flat(String text) {
    return String.join(" ", PythonText.words(PythonText.strip(text).toLowerCase(Locale.ROOT)));
  }

  /** DocVQA's score: one minus the distance, and 0 below one half. */
  public static double anls(String groundTruth, String prediction) {
    double similarity = 1 - anlsDistance(groundTruth, prediction);
    return similarity < ANLS_THRESHOLD ? 0 : similarity;
  }

  /** DynaMath's clean-up of a reply: from the first brace to the last, without backslashes. */
  public static String dynaMathPreprocess(String reply) {
    int from = reply.indexOf('{');
    int to = reply.lastIndexOf('}');
    String json = from >= 0 && from < to ? reply.substring(from, to + 1) : reply;
    return json.replace("\\", "");
  }

  /** DynaMath's number: the first word, where pi may end it as a factor. */
  public static Optional<Double> dynaMathFloat(String answer) {
    String first = answer.split(" ", 2)[0];
    int pi = first.indexOf('π');
    return pi < 0
        ? PythonText.real(first)
        : PythonText.real(first.substring(0, pi)).map(value -> value * Math.PI);
  }

  /** DynaMath's option: a single character, or the one letter of A to E that occurs anywhere. */
  public static Optional<String> dynaMathChoice(String answer) {
    String upper = answer.toUpperCase(Locale.ROOT);
    if (PythonText.length(answer) == 1) {
      return Optional.of(upper);
    }
    List<String> found = List.of("A", "B", "C", "D", "E").stream().filter(upper::contains).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** The inference script's extraction: the only answer block's content, or else the whole text. */
  public static String vlaaExtract(String raw) {
    List<String> blocks = ANSWER_BLOCK.matcher(raw).results().map(m -> m.group(1)).toList();
    return blocks.size() == 1 ? PythonText.strip(blocks.get(0)) : raw;
  }
}
