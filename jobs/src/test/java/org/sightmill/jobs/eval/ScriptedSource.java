package org.sightmill.jobs.eval;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.Query;

/**
 * Answers every question with the same text, and counts.
 *
 * @param answer what it says
 * @param failAfter answers before it breaks; -1 for never
 */
record ScriptedSource(String answer, int failAfter) implements AnswererSource {
  /** How often each index was asked, with how many pictures. */
  static final Map<String, List<Integer>> ASKED = new ConcurrentHashMap<>();

  static final AtomicInteger OPENED = new AtomicInteger();

  @Override
  public Answerer open(int device) {
    OPENED.incrementAndGet();
    return new Answerer() {
      private int answered;

      @Override
      public int batch() {
        return 3;
      }

      @Override
      public List<List<Prediction>> sample(List<Query> queries, int samples) {
        return queries.stream().map(query -> Collections.nCopies(samples, one(query))).toList();
      }

      @Override
      public List<OptionalDouble> perplexities(List<Query> queries, List<String> completions) {
        return completions.stream().map(text -> OptionalDouble.of(text.length())).toList();
      }

      private Prediction one(Query query) {
        if (failAfter >= 0 && answered++ >= failAfter) {
          throw new IllegalStateException("the power is gone");
        }
        ASKED.merge(query.index(), List.of(query.images().size()), ScriptedSource::joined);
        return new Prediction(
            query.index(), Prediction.ANSWERED, answer, query.index().equals("7"), 10, 5, 0.5);
      }

      @Override
      public void close() {}
    };
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }
}
