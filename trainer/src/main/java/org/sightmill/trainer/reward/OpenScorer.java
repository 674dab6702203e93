package org.sightmill.trainer.reward;

/**
 * An absolute scorer of free answers: how good an answer to a question about a picture is, as an
 * unbounded number. Has to be thread-safe.
 */
public interface OpenScorer extends AutoCloseable {
  /** The name in the log. */
  String name();

  /**
   * Says that {@link #score} will be called with these: a scorer that has to wait for others can
   * begin with all answers of a group at once. Throws nothing; a failure shows in the score.
   */
  default void expect(RewardRequest question, String answer) {}

  /**
   * Scores one answer.
   *
   * @param question the question with its picture; the gold in it is not to be looked at
   * @param answer the answer alone, without thinking
   * @return the score; a value that is not finite, or an exception, earns 0 and is counted
   */
  double score(RewardRequest question, String answer);

  /** Ends what it has open; nothing unless overridden. */
  @Override
  default void close() {}
}
