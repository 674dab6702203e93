package org.sightmill.pipeline.teacher;

import static org.sightmill.pipeline.sample.Tags.ANSWER;
import static org.sightmill.pipeline.sample.Tags.ANSWER_END;
import static org.sightmill.pipeline.sample.Tags.THINK;
import static org.sightmill.pipeline.sample.Tags.THINK_END;

/**
 * A reasoner's or rewriter's reply, taken apart: inline think tags and separate reasoning fields
 * alike.
 *
 * <p>Decided here, since the paper leaves it open: text before the think tag is dropped; without an
 * opening tag the text before the closing one is the thinking (chat templates put the opening tag
 * into the prompt); the thinking ends at the last closing tag; answer tags around the whole answer
 * are taken off.
 *
 * @param status what was found
 * @param thinking stripped; empty unless the status is {@link Status#COMPLETE} or {@link
 *     Status#ANSWER_MISSING}
 * @param answer stripped; empty unless the status is {@link Status#COMPLETE}
 */
public record ThinkParts(Status status, String thinking, String answer) {

  /** What a reply has. */
  public enum Status {
    /** Thinking and an answer. */
    COMPLETE,
    /** No thinking, or nothing in it. */
    THINK_MISSING,
    /** Thinking that does not end. */
    THINK_UNCLOSED,
    /** Nothing behind the thinking. */
    ANSWER_MISSING
  }

  /** Takes a reply apart; never fails. Linear in its length. */
  public static ThinkParts of(TeacherReply.Answer reply) {
    String text = reply.text() == null ? "" : reply.text();
    String reasoning = reply.reasoning();
    if (reasoning == null || reasoning.isBlank()) {
      return of(text);
    }
    int end = text.lastIndexOf(THINK_END);
    return parts(reasoning, end < 0 ? text : text.substring(end + THINK_END.length()));
  }

  /** Takes a text with inline think tags apart. */
  public static ThinkParts of(String text) {
    int start = text.indexOf(THINK);
    int end = text.lastIndexOf(THINK_END);
    if (end < 0) {
      return incomplete(start < 0 ? Status.THINK_MISSING : Status.THINK_UNCLOSED);
    }
    int from = start < 0 || start > end ? 0 : start + THINK.length();
    return parts(text.substring(from, end), text.substring(end + THINK_END.length()));
  }

  /** The text that {@link #of(String)} takes apart into these two. */
  public static String join(String thinking, String answer) {
    return THINK + "\n" + thinking + "\n" + THINK_END + "\n\n" + answer;
  }

  private static ThinkParts parts(String thinking, String answer) {
    String thought = thinking.strip();
    if (thought.isEmpty()) {
      return incomplete(Status.THINK_MISSING);
    }
    if (answer.contains(THINK)) {
      return incomplete(Status.THINK_UNCLOSED);
    }
    String said = withoutAnswerTags(answer.strip());
    return new ThinkParts(said.isEmpty() ? Status.ANSWER_MISSING : Status.COMPLETE, thought, said);
  }

  private static ThinkParts incomplete(Status status) {
    return new ThinkParts(status, "", "");
  }

  private static String withoutAnswerTags(String answer) {
    boolean tagged = answer.startsWith(ANSWER) && answer.endsWith(ANSWER_END);
    return tagged
        ? answer.substring(ANSWER.length(), answer.length() - ANSWER_END.length()).strip()
        : answer;
  }
}
