package org.sightmill.pipeline.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.prompt.Prompt;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.sample.AnswerType;

final class TeachersTest {

  @Test
  void suggestsTheNearestNameAndListsAll() {
    assertThatThrownBy(() -> Teachers.named("buitlin"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(
            "provider: no teacher is named 'buitlin', did you mean 'builtin'? Known are [")
        .hasMessageContaining("builtin");
  }

  @Test
  void findsTheBuiltinTeacher() {
    assertThat(Teachers.named("builtin").name()).isEqualTo("builtin");
  }

  @Test
  void countsLettersToChange() {
    assertThat(EditDistance.between("kitten", "sitting")).isEqualTo(3);
    assertThat(EditDistance.between("", "abc")).isEqualTo(3);
    assertThat(EditDistance.between("abc", "")).isEqualTo(3);
    assertThat(EditDistance.between("same", "same")).isZero();
  }

  @ParameterizedTest
  @MethodSource("org.sightmill.pipeline.teacher.Role#ofRuns")
  void everyRoleHasAPromptThatARowFills(Role role) {
    Prompt prompt = RolePrompts.load(Prompts.packaged(), role);
    TeacherRequest request = TeacherRequest.of(role, prompt, row());
    assertThat(request.system()).isNotBlank();
    assertThat(request.system() + request.user()).doesNotContain("{{", "}}");
    assertThat(request.promptSha256()).isEqualTo(prompt.sha256());
  }

  @Test
  void theReasonersPromptHasCaptionOptionsAndTheFormOfTheAnswer() {
    Prompt prompt = RolePrompts.load(Prompts.packaged(), Role.REASONER);
    assertThat(TeacherRequest.of(Role.REASONER, prompt, row()).user())
        .contains("two cubes", "which?", "A: red\nB: blue", "letter of the right option")
        .doesNotContain("Further facts", "fractions of the picture", "the rationale", "gold!");
  }

  private static TeacherRow row() {
    return new TeacherRow(
        "s-1",
        "test",
        null,
        null,
        "which?",
        List.of("red", "blue"),
        AnswerType.CHOICE,
        "two cubes",
        null,
        "the rationale",
        "the response",
        "gold!");
  }
}
