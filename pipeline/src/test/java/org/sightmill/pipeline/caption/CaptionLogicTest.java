package org.sightmill.pipeline.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.caption.CaptionConfig.ContextUse;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherReply;

final class CaptionLogicTest {

  @Test
  void aCaptionOfTheSourceIsKeptAndMarked() {
    RowPlan plan = plan(ContextUse.INSTEAD, TestSample.counting("s").with("caption", "a cube"));
    assertThat(settled(plan).values()).containsExactly("a cube", "source");
  }

  @Test
  void anOriginThatTheSourceStatesIsKept() {
    TestSample sample =
        TestSample.counting("s").with("caption", "a cube").with("caption_origin", "gpt-4o");
    assertThat(settled(plan(ContextUse.BESIDE, sample)).values())
        .containsExactly("a cube", "gpt-4o");
  }

  @Test
  void contextStandsInForACaption() {
    RowPlan plan = plan(ContextUse.INSTEAD, TestSample.counting("s").with("context", "a cube"));
    assertThat(settled(plan).values()).containsExactly("a cube", "context");
  }

  @Test
  void besideContextTheCaptionerIsAsked() {
    RowPlan plan = plan(ContextUse.BESIDE, TestSample.counting("s").with("context", "a cube"));
    assertThat(((RowPlan.Ask) plan).request().user()).contains("a cube");
    assertThat(read(plan, " two cubes\n").values()).containsExactly("two cubes", "captioner");
  }

  @Test
  void aRowThatBringsItsReasoningNeedsNoCaption() {
    RowPlan plan = plan(ContextUse.INSTEAD, TestSample.counting("s").with("reasoning_raw", "so"));
    assertThat(settled(plan)).isSameAs(RowChange.none());
  }

  @Test
  void aCaptionerThatOnlyThoughtSaidNothing() {
    RowPlan plan = plan(ContextUse.INSTEAD, TestSample.counting("s"));
    assertThat(read(plan, " ").rejectOrNull().reason()).isEqualTo(RejectReason.REPLY_EMPTY);
  }

  @Test
  void theConfigurationNeedsAContextUse() {
    assertThat(CaptionConfig.DEFAULT.contextUse()).isEqualTo(ContextUse.INSTEAD);
    assertThatThrownBy(() -> new CaptionConfig(null))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("context_use is required");
  }

  private static RowPlan plan(ContextUse use, TestSample sample) {
    return new CaptionLogic(new CaptionConfig(use), TeacherBinding.builtin(Role.CAPTIONER))
        .plan(new SampleRow(sample.row(Boundary.COLLECT)));
  }

  private static RowChange settled(RowPlan plan) {
    return ((RowPlan.Settled) plan).change();
  }

  private static RowChange read(RowPlan plan, String text) {
    return ((RowPlan.Ask) plan).read().apply(new TeacherReply.Answer(text, null, null));
  }
}
