package org.sightmill.pipeline.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

class GraderTest {
  private static GradeRequest request(
      AnswerType type, String gold, String prediction, Scope scope) {
    return new GradeRequest(type, gold, prediction, null, scope);
  }

  private static Grade math(String gold, String answer) {
    return Grader.standard().grade(request(AnswerType.MATH, gold, answer, Scope.ANSWER));
  }

  @Test
  void reportsBothModes() {
    GradeRequest sentence =
        request(
            AnswerType.DIGIT, "5", "<think>r</think><answer>It is 5.</answer>", Scope.COMPLETION);
    Grader.Both both = Grader.both(sentence);
    assertThat(both.lenient().verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(both.strict().verdict()).isEqualTo(Verdict.UNPARSED);
  }

  @Test
  void neverReadsTheThinking() {
    Choices choices = new Choices(List.of("1", "2"));
    String completion = "<think>The answer is A.</think>";
    Grade grade =
        Grader.standard()
            .grade(new GradeRequest(AnswerType.CHOICE, "A", completion, choices, Scope.COMPLETION));
    assertThat(grade.verdict()).isEqualTo(Verdict.UNPARSED);
    assertThat(grade.extracted()).isNull();
    assertThat(grade.reason()).isEqualTo("no answer by the format rule: NO_ANSWER");
  }

  @Test
  void wantsTagsForEverythingButOptions() {
    assertThat(
            Grader.standard()
                .grade(request(AnswerType.DIGIT, "5", "The answer is 5", Scope.COMPLETION))
                .verdict())
        .isEqualTo(Verdict.UNPARSED);
  }

  @Test
  void saysWhyItDidNotJudge() {
    assertThat(math("1/0", "2").verdict()).isEqualTo(Verdict.UNDEFINED);
    assertThat(math("1/0", "2").reason()).isEqualTo("no value: division by zero");
    assertThat(math("1", "9^{9^{9^{9}}}").verdict()).isEqualTo(Verdict.BUDGET);
    assertThat(math("1", "9^{9^{9^{9}}}").reason()).startsWith("too much work: ");
    assertThat(math("0", "\\int e^{-x^2} dx").verdict()).isEqualTo(Verdict.UNDEFINED);
    assertThat(math("", "5").reason()).isEqualTo("the gold is empty");
    assertThat(math("5", "  ").reason()).isEqualTo("the answer is empty");
    assertThat(math("5", "!").verdict()).isEqualTo(Verdict.UNPARSED);
  }

  @Test
  void paysFreeTextByItsSimilarity() {
    Grade grade =
        Grader.standard()
            .grade(request(AnswerType.OPEN, "STARBUCKS STORE", "starbucks", Scope.ANSWER));
    assertThat(grade.reward()).isEqualTo(0.6);
    assertThat(grade.verdict()).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void refusesAnOversizedPrediction() {
    assertThat(math("5", "5".repeat(Grader.MAX_CHARS + 1)).verdict()).isEqualTo(Verdict.BUDGET);
  }

  @Test
  void refusesNulls() {
    assertThatThrownBy(() -> new GradeRequest(null, "", "", null, Scope.ANSWER))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("type");
    assertThatThrownBy(() -> new Grade(Verdict.EQUAL, 2, null, "x"))
        .hasMessage("reward must be in [0, 1] but was 2.0");
  }

  @Test
  void givesTheSameVerdictsOnEightThreads() throws Exception {
    List<GradeRequest> requests = new ArrayList<>();
    GraderFuzz fuzz = new GraderFuzz(8);
    for (int i = 0; i < 120; i++) {
      requests.add(fuzz.next());
    }
    List<Grade> expected = requests.stream().map(Grader.standard()::grade).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Grader shared = Grader.standard();
      List<Future<List<Grade>>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(threads.submit(() -> requests.stream().map(shared::grade).toList()));
      }
      for (Future<List<Grade>> run : runs) {
        assertThat(run.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A longer run: GraderFuzz.main. */
  @Test
  void survivesHostileInputWithoutStartingThreads() {
    int threads = Thread.activeCount();
    GraderFuzz fuzz = new GraderFuzz(20261122);
    for (int i = 0; i < 2_000; i++) {
      GradeRequest request = fuzz.next();
      Grade grade = Grader.standard().grade(request);
      assertThat(grade.reason()).as(request.toString()).isNotBlank();
    }
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
  }
}
