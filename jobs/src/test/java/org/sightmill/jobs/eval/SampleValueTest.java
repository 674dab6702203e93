package org.sightmill.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.Query;

class SampleValueTest {
  /** Right on every second sample; cannot be asked about "c". */
  private static final Answerer HALF =
      new Answerer() {
        @Override
        public int batch() {
          return 2;
        }

        @Override
        public List<List<Prediction>> sample(List<Query> queries, int samples) {
          return queries.stream()
              .map(
                  query ->
                      query.index().equals("c")
                          ? List.of(Prediction.none("c", "PROMPT_TOO_LONG"))
                          : List.of(
                              Prediction.said(query.index(), "<think>t</think> <answer>7</answer>"),
                              Prediction.said(
                                  query.index(), "<think>t</think> <answer>8</answer>")))
              .toList();
        }

        @Override
        public List<OptionalDouble> perplexities(List<Query> queries, List<String> completions) {
          return completions.stream().map(text -> OptionalDouble.of(text.length())).toList();
        }

        @Override
        public void close() {}
      };

  private static SampleQuery sample(String index) {
    Query query = new Query(index, Optional.empty(), List.of(new byte[1]), "how many?");
    return new SampleQuery(query, "four", AnswerType.DIGIT, "7", null);
  }

  @Test
  void thePassRateIsTheShareOfRightAnswers() {
    assertThat(SampleValue.PASS_RATE.of(HALF, List.of(sample("a"), sample("c")), 2))
        .containsExactly(OptionalDouble.of(0.5), OptionalDouble.empty());
  }

  @Test
  void thePerplexityIsOfTheSamplesOwnResponse() {
    assertThat(SampleValue.PERPLEXITY.of(HALF, List.of(sample("a")), 1))
        .containsExactly(OptionalDouble.of(4));
  }
}
