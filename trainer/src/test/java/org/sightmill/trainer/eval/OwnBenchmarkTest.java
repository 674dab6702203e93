package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A benchmark that {@code META-INF/services} names is one like those built in. */
class OwnBenchmarkTest {
  private static BenchmarkRow row(String index, String question, String answer) {
    return new BenchmarkRow(index, Map.of("index", index, "question", question, "answer", answer));
  }

  @Test
  void isFoundByItsNameAndScoredByItsRule() {
    Benchmark own = Benchmarks.named("even-or-odd").orElseThrow();
    assertThat(Benchmarks.all()).extracting(Benchmark::name).endsWith("even-or-odd");
    List<BenchmarkRow> rows =
        List.of(row("0", "4", "even"), row("1", "17", "odd"), row("2", "8", "even"));
    assertThat(own.prompt(rows.get(1))).isEqualTo("Is 17 even or odd?");
    Map<String, Prediction> said =
        Map.of(
            "0", Prediction.said("0", "<think>t</think> <answer>even</answer>"),
            "1", Prediction.said("1", "It is even."),
            "2", Prediction.said("2", "even or odd"));
    List<ItemScore> scores =
        new Scoring(own, PromptStyle.NATIVE, Optional.empty()).score(rows.iterator(), said);
    BenchmarkResult result = BenchmarkResult.of(own, scores, Optional.empty());
    assertThat(result.byRule()).isEqualTo(2);
    assertThat(result.unresolved()).isEqualTo(1);
    assertThat(result.compatible().value()).isEqualTo(1 / 3.0);
    assertThat(result.lines())
        .extracting(ResultLine::name)
        .containsExactly("Overall", "one digit", "many digits");
  }
}
