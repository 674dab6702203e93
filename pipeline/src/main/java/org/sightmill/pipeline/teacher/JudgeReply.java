package org.sightmill.pipeline.teacher;

import java.util.Locale;
import java.util.Optional;

/**
 * A judge's reply, read: its first word is yes or no, in any case and behind any punctuation;
 * thinking in front of it is passed over.
 *
 * @param yes whether the answers agree
 * @param reason what the judge said, on one line
 */
public record JudgeReply(boolean yes, String reason) {
  private static final String THINK_END = "</think>";

  /** The judgement, or empty when the reply is neither yes nor no. */
  public static Optional<JudgeReply> of(TeacherReply.Answer reply) {
    String text = reply.text() == null ? "" : reply.text();
    String said = text.substring(afterThinking(text)).strip();
    return switch (firstWord(said)) {
      case "yes" -> Optional.of(new JudgeReply(true, oneLine(said)));
      case "no" -> Optional.of(new JudgeReply(false, oneLine(said)));
      default -> Optional.empty();
    };
  }

  private static int afterThinking(String text) {
    int end = text.lastIndexOf(THINK_END);
    return end < 0 ? 0 : end + THINK_END.length();
  }

  private static String firstWord(String text) {
    int start = 0;
    while (start < text.length() && !Character.isLetterOrDigit(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }
}
