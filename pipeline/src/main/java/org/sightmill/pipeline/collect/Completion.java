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

  /** Splits {@code <think>...</think>answer}; the opening tag may be absent, as in a prompt. */
  static Completion split(String text) throws RowFault {
    int close = text.lastIndexOf(CLOSE);
    if (close < 0) {
      throw text.contains(OPEN)
          ? new RowFault(RejectReason.THINK_UNCLOSED, "completion has <think> and no </think>")
          : new RowFault(RejectReason.THINK_MISSING, "completion has no think part");
    }
    String reasoning = text.substring(0, close).strip();
    reasoning = reasoning.startsWith(OPEN) ? reasoning.substring(OPEN.length()).strip() : reasoning;
    String answer = text.substring(close + CLOSE.length()).strip();
    if (reasoning.isEmpty()) {
      throw new RowFault(RejectReason.THINK_MISSING, "completion's think part is empty");
    }
    if (answer.isEmpty()) {
      throw new RowFault(
          RejectReason.REPLY_ANSWER_MISSING, "completion has nothing behind </think>");
    }
    return new Completion(reasoning, answer);
  }
}
