package org.sightmill.pipeline.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    assertThat(settled(plan).values()).startsWith("a cube", "source");
  }

  @Test
  void anOriginThatTheSourceStatesIsKept() {
    TestSample sample =
        TestSample.counting("s").with("caption", "a cube").with("caption_origin", "gpt-4o");
    assertThat(settled(plan(ContextUse.BESIDE, sample)).values()).startsWith("a cube", "gpt-4o");
  }

  @Test
  void contextStandsInForACaption() {
    RowPlan plan = plan(ContextUse.INSTEAD, TestSample.counting("s").with("context", "a cube"));
    assertThat(settled(plan).values()).startsWith("a cube", "context");
  }

  @Test
  void besideContextTheCaptionerIsAsked() {
    RowPlan plan = plan(ContextUse.BESIDE, TestSample.counting("s").with("context", "a cube"));
    assertThat(((RowPlan.Ask) plan).request().user()).contains("a cube");
    assertThat(read(plan, " two cubes\n").values()).startsWith("two cubes", "captioner");
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
  void goldAndMetaStayAsTheyAre() {
    TestSample sample =
        TestSample.counting("s").with("context", "a cube").with("meta", "{\"level\":2}");
    assertThat(settled(plan(ContextUse.INSTEAD, sample)).values())
        .containsExactly("a cube", "context", "3", "{\"level\":2}");
  }

  @Test
  void anIncompleteGoldIsCompletedByTheRepairerAndKeptBeside() {
    RowPlan plan = plan(ContextUse.BESIDE, incomplete().with("context", "A line y = ax + b."));
    RowPlan.Ask ask = (RowPlan.Ask) plan;
    assertThat(ask.request().role()).isEqualTo(Role.REPAIRER);
    assertThat(ask.request().user()).contains("a = 2, b = -3", "A line y = ax + b.");
    assertThat(read(plan, "y = 2x - 3").values())
        .containsExactly(
            "A line y = ax + b.",
            "context",
            "y = 2x - 3",
            "{\"level\":2,\"gold_as_given\":\"a = 2, b = -3\"}");
  }

  @Test
  void aRepairWithOtherValuesIsNone() {
    RowPlan plan = plan(ContextUse.INSTEAD, incomplete().with("context", "A line y = ax + b."));
    RowChange change = read(plan, "y = 2x - 4");
    assertThat(change.rejectOrNull().reason()).isEqualTo(RejectReason.ANSWER_INCOMPLETE);
    assertThat(change.rejectOrNull().detail())
        .isEqualTo(
            "'a = 2, b = -3' holds coefficients; the repairer says no function that has its values:"
                + " y = 2x - 4");
  }

  @Test
  void withoutContextNobodyCouldRepair() {
    RowChange change = settled(plan(ContextUse.INSTEAD, incomplete()));
    assertThat(change.rejectOrNull().detail())
        .isEqualTo("'a = 2, b = -3' holds coefficients; no context says of which function");
  }

  @Test
  void aMetaOfAnotherFormMarksNothing() {
    for (String meta : List.of("[\"gold_incomplete\"]", "gold_incomplete", "{\"gold_incomplete")) {
      TestSample sample = TestSample.counting("s").with("caption", "a cube").with("meta", meta);
      assertThat(settled(plan(ContextUse.INSTEAD, sample)).values())
          .containsExactly("a cube", "source", "3", meta);
    }
  }

  private static TestSample incomplete() {
    return TestSample.counting("s")
        .with("question", "What is the function of the line?")
        .with("answer", "a = 2, b = -3")
        .with("answer_type", "math")
        .with("meta", "{\"level\":2,\"gold_incomplete\":\"coefficients\"}");
  }

  @Test
  void theConfigurationNeedsAContextUse() {
    assertThat(CaptionConfig.DEFAULT.contextUse()).isEqualTo(ContextUse.INSTEAD);
    assertThatThrownBy(() -> new CaptionConfig(null))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("context_use is required");
  }

  private static RowPlan plan(ContextUse use, TestSample sample) {
    return new CaptionLogic(
            new CaptionConfig(use),
            TeacherBinding.builtin(Role.CAPTIONER),
            TeacherBinding.builtin(Role.REPAIRER))
        .plan(new SampleRow(sample.row(Boundary.COLLECT)));
  }

  private static RowChange settled(RowPlan plan) {
    return ((RowPlan.Settled) plan).change();
  }

  private static RowChange read(RowPlan plan, String text) {
    return ((RowPlan.Ask) plan).read().apply(new TeacherReply.Answer(text, null, null));
  }
}
