package org.sightmill.jobs.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Prediction;

/** What a model says of a sample, as a number that {@code curate} selects by. */
public enum SampleValue {
  /** Of the sample's own response under the model (paper: the highest are kept). */
  PERPLEXITY {
    @Override
    List<OptionalDouble> of(Answerer answerer, List<SampleQuery> samples, int rollouts) {
      return answerer.perplexities(
          samples.stream().map(SampleQuery::query).toList(),
          samples.stream().map(SampleQuery::response).toList());
    }
  },
  /** Share of sampled answers that the verifier finds equal to the gold one. */
  PASS_RATE {
    @Override
    List<OptionalDouble> of(Answerer answerer, List<SampleQuery> samples, int rollouts) {
      List<List<Prediction>> answers =
          answerer.sample(samples.stream().map(SampleQuery::query).toList(), rollouts);
      return IntStream.range(0, samples.size())
          .mapToObj(i -> passRate(samples.get(i), answers.get(i)))
          .toList();
    }
  };

  /** The values of a batch, in order; empty where the sample can't be asked. */
  abstract List<OptionalDouble> of(Answerer answerer, List<SampleQuery> samples, int rollouts);

  private static OptionalDouble passRate(SampleQuery sample, List<Prediction> answers) {
    if (!answers.get(0).answered()) {
      return OptionalDouble.empty();
    }
    return answers.stream().mapToDouble(answer -> isRight(sample, answer) ? 1 : 0).average();
  }

  private static boolean isRight(SampleQuery sample, Prediction answer) {
    GradeRequest request =
        new GradeRequest(
            sample.type(), sample.gold(), answer.response(), sample.choices(), Scope.COMPLETION);
    return Grader.standard().grade(request).verdict() == Verdict.EQUAL;
  }

  /** The name on the command line and of curate's column: lower case. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The value with this label. */
  public static Optional<SampleValue> fromLabel(String label) {
    return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
  }
}
