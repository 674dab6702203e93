package org.sightmill.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.teacher.Receipt;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherReply;

final class VerifyLogicTest {

  @Test
  void theRuleDecidesWhereTheTypeHasOne() {
    RowChange equal = settled(plan(SecondOpinion.NONE, answered("3")));
    assertThat(equal.rejectOrNull()).isNull();
    assertThat(equal.values()).startsWith("EQUAL", "rule");
    RowChange different = settled(plan(SecondOpinion.NONE, answered("4")));
    assertThat(different.values()).startsWith("DIFFERENT", "rule");
    assertThat(different.rejectOrNull().reason()).isEqualTo(RejectReason.ANSWER_DIFFERENT);
    assertThat(different.rejectOrNull().detail()).startsWith("rule: ");
  }

  @Test
  void anAnswerInASentenceVerifies() {
    TestSample sample =
        answered("The sphere goes.  \n\n**Answer:** There are 3 objects remaining.");
    assertThat(settled(plan(SecondOpinion.NONE, sample)).rejectOrNull()).isNull();
  }

  @Test
  void aBoxIsFoundFromTheConfiguredOverlapOn() {
    TestSample half =
        answered("[0.0, 0.0, 0.5, 1.0]")
            .with("answer", "[0.0, 0.0, 1.0, 1.0]")
            .with("answer_type", "box");
    assertThat(settled(plan(new VerifyConfig(0.5, SecondOpinion.NONE), half)).rejectOrNull())
        .isNull();
    RowChange strict = settled(plan(new VerifyConfig(0.51, SecondOpinion.NONE), half));
    assertThat(strict.rejectOrNull().reason()).isEqualTo(RejectReason.ANSWER_DIFFERENT);
  }

  @Test
  void openAnswersGoToTheJudge() {
    RowPlan.Ask ask = (RowPlan.Ask) plan(SecondOpinion.NONE, open("a red ball"));
    assertThat(ask.request().row().response()).isEqualTo("a red ball");
    assertThat(ask.request().row().gold()).isEqualTo("3");
    assertThat(ask.withoutReply()).isNull();
    assertThat(read(ask, "yes, the same").values())
        .containsExactly("EQUAL", "judge:m", "yes, the same");
    assertThat(read(ask, "no").rejectOrNull().reason()).isEqualTo(RejectReason.ANSWER_DIFFERENT);
    assertThat(read(ask, "perhaps").rejectOrNull().reason())
        .isEqualTo(RejectReason.JUDGE_REPLY_UNPARSED);
  }

  @Test
  void anOpenResponseWithoutAnAnswerNeedsNoJudge() {
    TestSample sample = open("x").with("response", "<think>hm</think>");
    assertThat(settled(plan(SecondOpinion.ALL, sample)).rejectOrNull().reason())
        .isEqualTo(RejectReason.ANSWER_UNPARSED);
  }

  @Test
  void theSecondOpinionCountsWhereItIsWanted() {
    RowPlan.Ask ask = (RowPlan.Ask) plan(SecondOpinion.NOT_EQUAL, answered("4"));
    RowChange overruled = read(ask, "yes");
    assertThat(overruled.rejectOrNull()).isNull();
    assertThat(overruled.values()).startsWith("EQUAL", "judge:m");
    assertThat((String) overruled.values().get(2)).startsWith("yes; rule: DIFFERENT, ");
  }

  @Test
  void withoutASecondOpinionTheFirstStands() {
    RowPlan.Ask ask = (RowPlan.Ask) plan(SecondOpinion.ALL, answered("3"));
    assertThat(ask.withoutReply().values()).startsWith("EQUAL", "rule");
    assertThat(read(ask, "perhaps").values()).startsWith("EQUAL", "rule");
  }

  @Test
  void eachSettingAsksOnItsVerdicts() {
    assertThat(SecondOpinion.NONE.wantedOn(Verdict.UNPARSED)).isFalse();
    assertThat(SecondOpinion.UNDECIDED.wantedOn(Verdict.BUDGET)).isTrue();
    assertThat(SecondOpinion.UNDECIDED.wantedOn(Verdict.DIFFERENT)).isFalse();
    assertThat(SecondOpinion.NOT_EQUAL.wantedOn(Verdict.DIFFERENT)).isTrue();
    assertThat(SecondOpinion.NOT_EQUAL.wantedOn(Verdict.EQUAL)).isFalse();
    assertThat(SecondOpinion.ALL.wantedOn(Verdict.EQUAL)).isTrue();
  }

  @Test
  void everyVerdictButEqualHasItsReason() {
    assertThat(Ruling.byRule(Verdict.UNDEFINED, "0/0").change().rejectOrNull().reason())
        .isEqualTo(RejectReason.ANSWER_UNDEFINED);
    assertThat(Ruling.byRule(Verdict.BUDGET, "long").change().rejectOrNull().reason())
        .isEqualTo(RejectReason.ANSWER_BUDGET);
    assertThat(Ruling.byRule(Verdict.EQUAL, "same").change().rejectOrNull()).isNull();
  }

  @Test
  void reportsBothFaultsOfAConfiguration() {
    assertThat(VerifyConfig.DEFAULT).isEqualTo(new VerifyConfig(0.5, SecondOpinion.NONE));
    assertThatThrownBy(() -> new VerifyConfig(1.5, null))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("box_iou must be in [0, 1] but was 1.5; second_opinion is required");
  }

  private static TestSample answered(String answer) {
    return TestSample.counting("s")
        .with("response", "<think>so</think>\n\n<answer>" + answer + "</answer>");
  }

  private static TestSample open(String answer) {
    return answered(answer).with("answer_type", "open");
  }

  private static RowPlan plan(SecondOpinion secondOpinion, TestSample sample) {
    return plan(new VerifyConfig(0.5, secondOpinion), sample);
  }

  private static RowPlan plan(VerifyConfig config, TestSample sample) {
    return new VerifyLogic(config, TeacherBinding.builtin(Role.JUDGE))
        .plan(new SampleRow(sample.row(Boundary.REWRITE)));
  }

  private static RowChange settled(RowPlan plan) {
    return ((RowPlan.Settled) plan).change();
  }

  private static RowChange read(RowPlan.Ask ask, String text) {
    Receipt receipt = new Receipt("m", null, null, null, null, null, 1);
    return ask.read().apply(new TeacherReply.Answer(text, null, receipt));
  }
}
