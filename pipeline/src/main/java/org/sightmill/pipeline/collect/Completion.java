package org.sightmill.pipeline.collect;

import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.ThinkParts;

/**
 * A model reply that the source brings, in its two parts.
 *
 * @param reasoning the think part, without its tags and outer white space
 * @param answer what follows it, without outer white space
 */
record Completion(String reasoning, String answer) {

  /** Splits {@code <think>...</think>answer} by the rule of {@link ThinkParts#of(String)}. */
  static Completion split(String text) throws RowFault {
    ThinkParts parts = ThinkParts.of(text);
    return switch (parts.status()) {
      case COMPLETE -> new Completion(parts.thinking(), parts.answer());
      case THINK_UNCLOSED ->
          throw new RowFault(RejectReason.THINK_UNCLOSED, "completion has <think> without an end");
      case THINK_MISSING ->
          throw new RowFault(RejectReason.THINK_MISSING, "completion has no think part");
      case ANSWER_MISSING ->
          throw new RowFault(
              RejectReason.REPLY_ANSWER_MISSING, "completion has nothing behind </think>");
    };
  }
}
