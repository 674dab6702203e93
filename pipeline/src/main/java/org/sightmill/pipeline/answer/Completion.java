package org.sightmill.pipeline.answer;

import static org.sightmill.pipeline.sample.Tags.ANSWER;
import static org.sightmill.pipeline.sample.Tags.ANSWER_END;
import static org.sightmill.pipeline.sample.Tags.THINK;
import static org.sightmill.pipeline.sample.Tags.THINK_END;

import java.util.Objects;
import java.util.Optional;

/**
 * A whole model output, split into its thinking and its answer by the implicit format rule of the
 * paper (section 4.1): {@code <think>...</think> <answer>...</answer>}; where no answer can be
 * extracted the whole reward is 0, and there is no separate reward for the format.
 *
 * <p>Tags are exact: lower case, without inner spaces. What the paper leaves open is decided so:
 *
 * <ul>
 *   <li>several answer blocks: the last closed one with content counts ({@link Status#RECOVERED});
 *   <li>an empty or blank last block: {@link Status#EMPTY_ANSWER}, unless an earlier block has
 *       content and only blank blocks follow it, then that one;
 *   <li>nested answer tags: the innermost opening tag before the closing one;
 *   <li>an answer block that is never closed, as in an output cut at the token limit: no answer;
 *   <li>an answer block inside a closed think block: part of the thinking, no answer;
 *   <li>a think block that is never closed or never opened, none at all, text before, between or
 *       after the blocks, left-over special tokens: the answer block still counts;
 *   <li>no tag at all: no answer.
 * </ul>
 */
public final class Completion {
  /** How well the text kept to the format. */
  public enum Status {
    /** One think block, then one answer block with content, and nothing but space around them. */
    WELL_FORMED,
    /** An answer block with content was found, but the text is not exactly of the format. */
    RECOVERED,
    /** There is an answer block, and nothing in it. */
    EMPTY_ANSWER,
    /** There are tags, but no closed answer block outside the thinking. */
    NO_ANSWER,
    /** No think or answer tag at all. */
    UNTAGGED
  }

  private final String think;
  private final String answer;
  private final Status status;

  private Completion(String think, String answer, Status status) {
    this.think = think;
    this.answer = answer;
    this.status = status;
  }

  /** Splits a completion; never fails. Linear in the length of the text. */
  public static Completion split(String text) {
    Objects.requireNonNull(text, "text");
    if (!hasTag(text)) {
      return new Completion("", null, Status.UNTAGGED);
    }
    String think = thinking(text);
    int from = afterThinking(text);
    String answer = lastAnswer(text, from);
    if (answer == null) {
      return new Completion(think, null, Status.NO_ANSWER);
    }
    if (answer.isEmpty()) {
      return new Completion(think, null, Status.EMPTY_ANSWER);
    }
    return new Completion(
        think, answer, isWellFormed(text) ? Status.WELL_FORMED : Status.RECOVERED);
  }

  /** The text of the thinking without its tags, stripped; empty when there is none. */
  public String think() {
    return think;
  }

  /** The text between the answer tags, stripped and not empty; empty when there is no answer. */
  public Optional<String> answer() {
    return Optional.ofNullable(answer);
  }

  /** How well the text kept to the format. */
  public Status status() {
    return status;
  }

  private static boolean hasTag(String text) {
    return text.contains(THINK)
        || text.contains(THINK_END)
        || text.contains(ANSWER)
        || text.contains(ANSWER_END);
  }

  private static String thinking(String text) {
    int start = text.indexOf(THINK);
    int from = start < 0 ? 0 : start + THINK.length();
    int end = text.indexOf(THINK_END, from);
    if (end < 0) {
      end = start < 0 ? from : text.indexOf(ANSWER, from);
    }
    return text.substring(from, end < 0 ? text.length() : end).strip();
  }

  /** Where the answer may begin: behind the think block that the text opens with, if it closes. */
  private static int afterThinking(String text) {
    int last = text.lastIndexOf(THINK_END);
    if (last < 0) {
      return 0;
    }
    int answerAfter = text.indexOf(ANSWER, last);
    if (answerAfter >= 0) {
      return last + THINK_END.length();
    }
    // Only blocks in front of the last closing think tag: they count unless they are thinking.
    int open = text.lastIndexOf(THINK, last);
    return open < 0 || text.lastIndexOf(ANSWER_END, open) < 0 ? last : 0;
  }

  private static String lastAnswer(String text, int from) {
    Thinking thinking = new Thinking(text);
    int limit = text.length();
    String found = null;
    while (true) {
      int end = text.lastIndexOf(ANSWER_END, limit);
      int start = end < 0 ? -1 : text.lastIndexOf(ANSWER, end);
      if (start < from || thinking.isAround(start)) {
        return found;
      }
      int inner = text.indexOf(ANSWER_END, start);
      found = text.substring(start + ANSWER.length(), inner).strip();
      if (!found.isEmpty() || start == 0) {
        return found;
      }
      limit = start - 1;
    }
  }

  /** Where a text thinks, asked for positions that only ever fall: one pass over it in all. */
  private static final class Thinking {
    private final String text;
    private final int lastClose;
    private int open;
    private int close;

    Thinking(String text) {
      this.text = text;
      lastClose = text.lastIndexOf(THINK_END);
      open = text.length();
      close = text.length();
    }

    boolean isAround(int position) {
      open = open > position ? text.lastIndexOf(THINK, position) : open;
      close = close > position ? text.lastIndexOf(THINK_END, position) : close;
      return open > close && lastClose >= position;
    }
  }

  private static boolean isWellFormed(String text) {
    String stripped = text.strip();
    int thinkEnd = stripped.indexOf(THINK_END);
    if (!stripped.startsWith(THINK) || thinkEnd < 0 || !stripped.endsWith(ANSWER_END)) {
      return false;
    }
    String rest = stripped.substring(thinkEnd + THINK_END.length()).strip();
    return rest.startsWith(ANSWER) && occursOnce(stripped);
  }

  private static boolean occursOnce(String text) {
    return text.indexOf(THINK) == text.lastIndexOf(THINK)
        && text.indexOf(THINK_END) == text.lastIndexOf(THINK_END)
        && text.indexOf(ANSWER) == text.lastIndexOf(ANSWER)
        && text.indexOf(ANSWER_END) == text.lastIndexOf(ANSWER_END);
  }
}
