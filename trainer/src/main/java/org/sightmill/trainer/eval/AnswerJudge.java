package org.sightmill.trainer.eval;

import java.util.List;
import java.util.Optional;

/** Decides what a benchmark's rule can't: whether two answers to a question agree. */
public interface AnswerJudge {
  /**
   * What a judge is asked.
   *
   * @param index of the item
   * @param prediction what the evaluator would show its judge
   */
  record Question(String index, String question, Gold gold, String prediction) {}

  /** The name in tables: the judge's model. */
  String name();

  /**
   * Whether each prediction agrees with its gold answer.
   *
   * @return in the order of the questions; empty where the judge gave no usable reply, and the item
   *     then stays unresolved
   */
  List<Optional<Boolean>> agree(List<Question> questions);
}
