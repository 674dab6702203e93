package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final List<BenchmarkRow> ROWS =
      List.of(item("0", "7"), item("1", "8"), item("2", "9"), item("3", "10"), item("4", "11"));

  private static BenchmarkRow item(String index, String answer) {
    return new BenchmarkRow(
        index, Map.of("index", index, "question", "q", "answer", answer, "image", "x"));
  }

  private static final Map<String, Prediction> SAID =
      Map.of(
          "0", Prediction.said("0", "<think>t</think> <answer>7</answer>"),
          "1", new Prediction("1", Prediction.ANSWERED, "<think>cut", true, 5, 800, 2.5),
          "2", Prediction.none("2", "IMAGE_TRUNCATED"),
          "3", Prediction.said("3", "ten"));

  private static BenchmarkResult result(Optional<AnswerJudge> judge) {
    Benchmark generic = Benchmarks.named("generic").orElseThrow();
    List<ItemScore> scores =
        new Scoring(generic, PromptStyle.TRAINED, judge).score(ROWS.iterator(), SAID);
    return BenchmarkResult.of(generic, scores, judge.map(AnswerJudge::name));
  }

  @Test
  void countsEveryItemOnceAndWhatIsNotScoredAsWrong() {
    BenchmarkResult result = result(Optional.empty());
    assertThat(result.n()).isEqualTo(5);
    assertThat(result.byRule()).isEqualTo(1);
    assertThat(result.unresolved()).isEqualTo(2);
    assertThat(result.failures())
        .isEqualTo(new TreeMap<>(Map.of("IMAGE_TRUNCATED", 1L, "PREDICTION_MISSING", 1L)));
    assertThat(result.compatible().value()).isEqualTo(0.2);
    assertThat(result.truncated()).isEqualTo(1);
    assertThat(result.malformed()).isEqualTo(2);
    assertThat(result.completionTokens()).isEqualTo(800);
    assertThat(result.judge()).isNull();
  }

  @Test
  void asksTheJudgeOnlyWhatTheRuleLeaves() {
    List<AnswerJudge.Question> asked = new ArrayList<>();
    AnswerJudge judge =
        new AnswerJudge() {
          @Override
          public String name() {
            return "someone";
          }

          @Override
          public List<Optional<Boolean>> agree(List<Question> questions) {
            asked.addAll(questions);
            return List.of(Optional.empty(), Optional.of(true));
          }
        };
    BenchmarkResult result = result(Optional.of(judge));
    assertThat(asked).extracting(AnswerJudge.Question::index).containsExactly("1", "3");
    assertThat(result.judged()).isEqualTo(1);
    assertThat(result.unresolved()).isEqualTo(1);
    assertThat(result.compatible().value()).isEqualTo(0.4);
    assertThat(result.judge()).isEqualTo("someone");
  }

  @Test
  void hasAnAverageOfSixOnlyOfSix() {
    BenchmarkResult one = result(Optional.empty());
    ArmResult arm = new ArmResult("a", "m", "d", PromptStyle.TRAINED, List.of(one));
    assertThat(arm.sixWayAverage(r -> r.compatible().value())).isEmpty();
    List<BenchmarkResult> six = Benchmarks.SIX.stream().map(name -> renamed(one, name)).toList();
    ArmResult all = new ArmResult("a", "m", "d", PromptStyle.TRAINED, six);
    assertThat(all.sixWayAverage(r -> r.compatible().value()).orElseThrow())
        .isEqualTo(0.2, within(1e-12));
  }

  private static BenchmarkResult renamed(BenchmarkResult r, String name) {
    return new BenchmarkResult(
        name,
        r.n(),
        r.byRule(),
        r.judged(),
        r.unresolved(),
        r.failures(),
        r.judge(),
        r.compatible(),
        r.lenient(),
        r.strict(),
        r.lines(),
        r.upstreamBugs(),
        r.truncated(),
        r.malformed(),
        r.promptTokens(),
        r.completionTokens(),
        r.seconds());
  }

  @Test
  void refusesCountsThatDoNotAddUp() {
    BenchmarkResult r = result(Optional.empty());
    assertThatThrownBy(
            () ->
                new BenchmarkResult(
                    "x",
                    9,
                    r.byRule(),
                    0,
                    r.unresolved(),
                    r.failures(),
                    null,
                    r.compatible(),
                    r.lenient(),
                    r.strict(),
                    List.of(),
                    r.upstreamBugs(),
                    0,
                    0,
                    0,
                    0,
                    0))
        .hasMessage("x: 1 by rule + 0 judged + 2 unresolved + 2 without an answer are not 9 items");
  }
}
