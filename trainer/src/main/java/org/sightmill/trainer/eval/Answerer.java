package org.sightmill.trainer.eval;

import java.util.List;
import java.util.OptionalDouble;

/** Whoever answers: a local model, or an endpoint. */
public interface Answerer extends AutoCloseable {
  /** How many queries make a good batch. */
  int batch();

  /** Whether one thread at a time may use it: a model takes all threads or the whole device. */
  default boolean takesTurns() {
    return true;
  }

  /**
   * Answers each query several times.
   *
   * @return for each query, in order, its answers or its one counted reason for having none
   */
  List<List<Prediction>> sample(List<Query> queries, int samples);

  /** An answer or a counted reason for each query, in order. */
  default List<Prediction> answer(List<Query> queries) {
    return sample(queries, 1).stream().map(answers -> answers.get(0)).toList();
  }

  /**
   * How surprising each completion is after its query: {@code exp} of the mean negative
   * log-probability of its tokens at temperature 1.
   *
   * @return empty where the query can't be asked, or the completion is empty
   */
  List<OptionalDouble> perplexities(List<Query> queries, List<String> completions);

  @Override
  void close();
}
