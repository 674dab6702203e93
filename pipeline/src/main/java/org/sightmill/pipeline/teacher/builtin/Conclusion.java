package org.sightmill.pipeline.teacher.builtin;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.sample.Choices;

/**
 * What a rationale concludes, read from its own words: what follows the last "answer is", or else
 * the last sentence. Where the question has options, the option that this names is given as {@code
 * B: text}.
 */
final class Conclusion {
  /** "the answer is", "answer should be", "Answer:", "**Answer:**". */
  private static final Pattern MARKER =
      Pattern.compile(
          "\\banswer(?:\\s+(?:is|should be|must be|will be)\\b|\\s*:)[\\s:*]*",
          Pattern.CASE_INSENSITIVE);

  /** "..., the missing number should be 5." */
  private static final Pattern CLAIM =
      Pattern.compile("\\b(?:should be|must be|has to be|is|are|=)\\s+", Pattern.CASE_INSENSITIVE);

  /** A full stop that ends a sentence: not one within a number or a formula. */
  private static final Pattern SENTENCE_END =
      Pattern.compile("[.!?](?=\\s+[\\p{Lu}\"(]|\\s*$)|\\n");

  private static final int NONE = -1;

  private Conclusion() {}

  /**
   * The concluded answer, never blank for a rationale that is not.
   *
   * @param options the options in order, or null
   */
  static String of(String rationale, List<String> options) {
    String text = rationale.strip();
    int marked = afterLast(MARKER, text, 0);
    if (options == null || options.isEmpty()) {
      return marked == NONE ? claim(text) : answer(text, marked);
    }
    String named = text.substring(marked == NONE ? lastSentence(text) : marked);
    int option = OptionMention.find(named, options);
    return option < 0 ? named : Choices.letter(option) + ": " + options.get(option);
  }

  /** The answer that begins at {@code start}; after a colon it may be several sentences. */
  private static String answer(String text, int start) {
    String answer = text.substring(start);
    boolean sentences = text.substring(0, start).stripTrailing().endsWith(":");
    return sentences ? withoutFullStop(answer) : withoutFullStop(firstSentence(answer));
  }

  private static String claim(String text) {
    int sentence = lastSentence(text);
    int claim = afterLast(CLAIM, text, sentence);
    return withoutFullStop(text.substring(claim == NONE ? sentence : claim));
  }

  private static String firstSentence(String text) {
    Matcher end = SENTENCE_END.matcher(text);
    return end.find() ? text.substring(0, end.end()).strip() : text;
  }

  private static int lastSentence(String text) {
    Matcher end = SENTENCE_END.matcher(text);
    int start = 0;
    while (end.find() && end.end() < text.length()) {
      start = end.end();
    }
    while (Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return start;
  }

  /** Takes the full stop off a single phrase; of several sentences it is a part. */
  private static String withoutFullStop(String answer) {
    boolean phrase = answer.endsWith(".") && answer.indexOf(". ") < 0;
    String bare = phrase ? answer.substring(0, answer.length() - 1).stripTrailing() : answer;
    return bare.isEmpty() ? answer : bare;
  }

  /** Where the last match that has something behind it ends. */
  private static int afterLast(Pattern pattern, String text, int from) {
    Matcher matcher = pattern.matcher(text).region(from, text.length());
    int after = NONE;
    while (matcher.find() && matcher.end() < text.length()) {
      after = matcher.end();
    }
    return after;
  }
}
