package org.sightmill.pipeline.collect;

import org.sightmill.pipeline.reject.RejectReason;

/**
 * A model reply that the source brings, in its two parts.
 *
 * @param reasoning the think part, without its tags and outer white space
 * @param answer what follows it, without outer white space
 */
record Completion(String reasoning, String answer) {
  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";
  private static final String ANSWER_OPEN = "<answer>";
  private static final String ANSWER_CLOSE = "</answer>";

  /**
   * Splits {@code <think>...</think>answer}. Text before the think tag is dropped; without an
   * opening tag the text before the closing one is the thinking; the thinking ends at the last
   * closing tag; answer tags around the whole answer are taken off.
   */
  static Completion split(String text) throws RowFault {
    int open = text.indexOf(OPEN);
    int close = text.lastIndexOf(CLOSE);
    String answer = close < 0 ? "" : text.substring(close + CLOSE.length());
    if ((close < 0 && open >= 0) || answer.contains(OPEN)) {
      throw new RowFault(RejectReason.THINK_UNCLOSED, "completion has <think> without an end");
    }
    int from = open < 0 || open > close ? 0 : open + OPEN.length();
    String reasoning = close < 0 ? "" : text.substring(from, close).strip();
    if (reasoning.isEmpty()) {
      throw new RowFault(RejectReason.THINK_MISSING, "completion has no think part");
    }
    String said = withoutAnswerTags(answer.strip());
    if (said.isEmpty()) {
      throw new RowFault(
          RejectReason.REPLY_ANSWER_MISSING, "completion has nothing behind </think>");
    }
    return new Completion(reasoning, said);
  }

  private static String withoutAnswerTags(String answer) {
    boolean tagged = answer.startsWith(ANSWER_OPEN) && answer.endsWith(ANSWER_CLOSE);
    return tagged
        ? answer.substring(ANSWER_OPEN.length(), answer.length() - ANSWER_CLOSE.length()).strip()
        : answer;
  }
}
