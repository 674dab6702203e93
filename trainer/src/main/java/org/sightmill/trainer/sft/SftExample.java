package org.sightmill.trainer.sft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.sightmill.trainer.model.Prompt;

/**
 * A sample as tokens.
 *
 * @param prompt question and reply together
 * @param replyStart index of the reply's first token; all before it is masked
 */
record SftExample(Prompt prompt, int replyStart) {

  static SftExample of(Prompt question, int[] reply) {
    int[] tokens = Arrays.copyOf(question.tokens(), question.length() + reply.length);
    System.arraycopy(reply, 0, tokens, question.length(), reply.length);
    return new SftExample(new Prompt(tokens, question.images()), question.length());
  }

  int length() {
    return prompt.length();
  }

  /** Tokens that count. */
  int replyTokens() {
    return length() - replyStart;
  }

  boolean[] chosen() {
    boolean[] chosen = new boolean[length()];
    Arrays.fill(chosen, replyStart, length(), true);
    return chosen;
  }

  /**
   * Batches of similar length, the longest first, whose rows times longest row stay within the
   * limit; a single example may be above it.
   */
  static List<List<SftExample>> batches(List<SftExample> examples, int maxTokens) {
    List<SftExample> sorted = new ArrayList<>(examples);
    sorted.sort(Comparator.comparingInt(SftExample::length).reversed());
    List<List<SftExample>> batches = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= sorted.size(); to++) {
      long width = sorted.get(from).length();
      if (to == sorted.size() || width * (to + 1 - from) > maxTokens) {
        batches.add(sorted.subList(from, to));
        from = to;
      }
    }
    return batches;
  }
}
