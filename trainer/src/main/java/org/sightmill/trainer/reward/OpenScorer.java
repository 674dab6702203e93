package org.sightmill.trainer.reward;

/**
 * An absolute scorer of free answers: how good an answer to a question about a picture is, as an
 * unbounded number. Has to be thread-safe.
 */
public interface OpenScorer {
  /** The name in the log. */
  String name();

  /**
   * Scores one answer.
   *
   * @param question the question with its picture; the gold in it is not to be looked at
   * @param answer the answer alone, without thinking
   * @return the score; a value that is not finite, or an exception, earns 0 and is counted
   */
  double score(RewardRequest question, String answer);
}
