package org.sightmill.pipeline.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherReply;

final class DistillLogicTest {
  private final TestSample captioned = TestSample.counting("s").with("caption", "a cube");

  @Test
  void separatesThinkingAndAnswer() {
    assertThat(read("<think>so</think>3", null).values()).containsExactly("so", "3");
    assertThat(read("3", "so").values()).containsExactly("so", "3");
  }

  @Test
  void rejectsRepliesThatLackAPart() {
    assertThat(reason("3", null)).isEqualTo(RejectReason.THINK_MISSING);
    assertThat(reason("<think>so", null)).isEqualTo(RejectReason.THINK_UNCLOSED);
    assertThat(reason("<think>so</think> ", null)).isEqualTo(RejectReason.REPLY_ANSWER_MISSING);
    assertThat(reason("", "so")).isEqualTo(RejectReason.REPLY_ANSWER_MISSING);
  }

  @Test
  void rejectsAReplyOfMoreCharactersThanAllowed() {
    assertThat(reason("x".repeat(60), "y".repeat(41))).isEqualTo(RejectReason.FIELD_TOO_LONG);
    assertThat(read("x".repeat(60), "y".repeat(41)).rejectOrNull().detail())
        .isEqualTo("reasoner's reply has 101 characters, at most 100 are allowed");
    assertThat(read("x".repeat(60), "y".repeat(40)).rejectOrNull()).isNull();
  }

  @Test
  void aRowThatBringsItsReasoningPasses() {
    TestSample traced =
        TestSample.counting("s").with("reasoning_raw", "so").with("answer_raw", "3");
    assertThat(((RowPlan.Settled) plan(traced)).change()).isSameAs(RowChange.none());
  }

  @Test
  void reasoningWithoutAnAnswerIsRejected() {
    RowChange change =
        ((RowPlan.Settled) plan(TestSample.counting("s").with("reasoning_raw", "so"))).change();
    assertThat(change.rejectOrNull().reason()).isEqualTo(RejectReason.REPLY_ANSWER_MISSING);
  }

  @Test
  void contextThatIsTheCaptionIsToldOnce() {
    TestSample same =
        TestSample.counting("s").with("caption", "a lone cube").with("context", "a lone cube");
    assertThat(user(same)).containsOnlyOnce("a lone cube").doesNotContain("Further facts");
    TestSample both =
        TestSample.counting("s").with("caption", "a lone cube").with("context", "a big one");
    assertThat(user(both)).contains("a lone cube", "Further facts", "a big one");
  }

  @Test
  void theReasonerDoesNotSeeTheGoldAnswer() {
    RowPlan.Ask ask = (RowPlan.Ask) plan(captioned.with("answer", "secret gold"));
    assertThat(ask.request().row().gold()).isNull();
    assertThat(ask.request().user()).doesNotContain("secret gold");
  }

  @Test
  void theBoundIsAtLeastOneCharacter() {
    assertThat(DistillConfig.DEFAULT.maxReplyChars()).isEqualTo(200_000);
    assertThatThrownBy(() -> new DistillConfig(0))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("max_reply_chars must be at least 1 but was 0");
  }

  private static String user(TestSample sample) {
    return ((RowPlan.Ask) plan(sample)).request().user();
  }

  private static RowPlan plan(TestSample sample) {
    return new DistillLogic(new DistillConfig(100), TeacherBinding.builtin(Role.REASONER))
        .plan(new SampleRow(sample.row(Boundary.CAPTION)));
  }

  private RowChange read(String text, String reasoning) {
    return ((RowPlan.Ask) plan(captioned))
        .read()
        .apply(new TeacherReply.Answer(text, reasoning, null));
  }

  private RejectReason reason(String text, String reasoning) {
    return read(text, reasoning).rejectOrNull().reason();
  }
}
