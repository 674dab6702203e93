package org.sightmill.trainer.eval;

import java.util.List;
import org.sightmill.pipeline.sample.AnswerType;

/** A benchmark of one's own, as a plugin jar brings it: whether a number is even. */
public final class EvenOrOdd implements Benchmark {
  @Override
  public String name() {
    return "even-or-odd";
  }

  @Override
  public String prompt(BenchmarkRow row) {
    return "Is %s even or odd?".formatted(row.text("question"));
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    boolean even = prediction.contains("even");
    return even == prediction.contains("odd")
        ? Ruling.unresolved()
        : Ruling.decided(even == row.text("answer").equals("even"), even ? "even" : "odd");
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    return Gold.of(AnswerType.OPEN, row.text("answer"));
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    return List.of(row.text("question").length() > 1 ? "many digits" : "one digit");
  }
}
