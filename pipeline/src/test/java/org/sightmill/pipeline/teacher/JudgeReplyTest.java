package org.sightmill.pipeline.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgeReplyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"yes", "Yes.", "**YES**", "yes: same", "<think>no?</think>\nyes", "'yes'"})
  void readsYes(String text) {
    assertThat(JudgeReply.of(reply(text))).hasValueSatisfying(j -> assertThat(j.yes()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "No, another number", "- no", "<think>yes?</think>no"})
  void readsNo(String text) {
    assertThat(JudgeReply.of(reply(text))).hasValueSatisfying(j -> assertThat(j.yes()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "maybe", "nothing differs", "yesterday", "I say yes", "!?", "<think>yes"})
  void anythingElseIsNeither(String text) {
    assertThat(JudgeReply.of(reply(text))).isEmpty();
  }

  private static TeacherReply.Answer reply(String text) {
    return new TeacherReply.Answer(text, null, null);
  }
}
