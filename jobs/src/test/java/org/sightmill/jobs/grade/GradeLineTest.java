package org.sightmill.jobs.grade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.answer.Grader;

class GradeLineTest {
  private final GradeLine lines = new GradeLine(Grader.standard());

  @Test
  void gradesAFormula() {
    assertThat(
            lines.grade(
                "{\"id\":\"a\",\"gold\":\"1/2\",\"prediction\":\"$\\\\frac12$\",\"answer_type\":\"math\",\"choices\":null,\"scope\":\"answer\"}"))
        .isEqualTo(
            "{\"id\":\"a\",\"verdict\":\"EQUAL\",\"reward\":1.0,\"extracted\":\"\\\\frac12\",\"reason\":\"the same formula\"}");
  }

  @Test
  void gradesALetterInACompletion() {
    String out =
        lines.grade(
            "{\"id\":7,\"gold\":\"D\",\"prediction\":\"<think>A?</think> <answer>D: 27°</answer>\",\"answer_type\":\"mcq\",\"choices\":{\"A\":\"36°\",\"B\":\"54°\",\"C\":\"60°\",\"D\":\"27°\"},\"scope\":\"completion\"}");
    assertThat(out)
        .startsWith("{\"id\":7,\"verdict\":\"EQUAL\",\"reward\":1.0,\"extracted\":\"D\"");
  }

  @Test
  void rewardsABoxByItsOverlap() {
    String out =
        lines.grade(
            "{\"id\":null,\"gold\":\"[0.1, 0.2, 0.7, 0.5]\",\"prediction\":\"[0.1, 0.2, 0.4, 0.5]\",\"answer_type\":\"bbox\"}");
    assertThat(out).contains("\"reward\":0.5").contains("\"extracted\":\"[0.1, 0.2, 0.4, 0.5]\"");
  }

  @Test
  void namesWhatIsWrongWithALine() {
    assertThat(lines.grade("nonsense")).contains("UNPARSED").contains("the line: no JSON");
    assertThat(lines.grade("[1]")).contains("the line: no JSON object");
    assertThat(lines.grade("{\"id\":1,\"answer_type\":\"essay\"}"))
        .contains("unknown answer_type \\\"essay\\\"");
    assertThat(lines.grade("{\"id\":1,\"answer_type\":\"math\",\"gold\":\"1\"}"))
        .contains("no prediction");
    assertThat(
            lines.grade(
                "{\"id\":1,\"answer_type\":\"math\",\"gold\":\"1\",\"prediction\":\"1\",\"scope\":\"page\"}"))
        .contains("unknown scope");
    assertThat(
            lines.grade(
                "{\"id\":1,\"answer_type\":\"mcq\",\"gold\":\"A\",\"prediction\":\"A\",\"choices\":{\"1\":\"x\"}}"))
        .contains("choices must be named A to Z, not 1");
  }

  @Test
  void readsChoicesInAnyOrder() {
    assertThat(
            lines.grade(
                "{\"id\":1,\"answer_type\":\"mcq\",\"gold\":\"B\",\"prediction\":\"dog\",\"choices\":{\"B\":\"dog\",\"A\":\"cat\"}}"))
        .contains("\"verdict\":\"EQUAL\"");
  }
}
