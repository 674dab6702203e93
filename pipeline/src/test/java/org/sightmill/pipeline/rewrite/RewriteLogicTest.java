package org.sightmill.pipeline.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.answer.Completion;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherReply;

final class RewriteLogicTest {

  @Test
  void givesTheResponseInTheFormThatTheVerifierCallsWellFormed() {
    RowChange change = read(15, "<think>\nthe image shows two\n</think>\n\n2");
    assertThat(change.values())
        .containsExactly(
            "the image shows two", "<think>the image shows two</think>\n\n<answer>2</answer>", 0);
    assertThat(Completion.split((String) change.values().get(1)).status())
        .isEqualTo(Completion.Status.WELL_FORMED);
  }

  @Test
  void countsTheWordsOfThinkingAndAnswerTogether() {
    assertThat(read(15, "<think>one two three</think>the number 2").values()).endsWith(1);
    assertThat(read(15, "<think>one</think>2").values()).endsWith(3);
  }

  @Test
  void filtersAtOneWordMoreThanAllowed() {
    assertThat(read(3, "<think>one</think>2").rejectOrNull()).isNull();
    RowChange change = read(2, "<think>one</think>2");
    assertThat(change.rejectOrNull().reason()).isEqualTo(RejectReason.WORD_DELTA_EXCEEDED);
    assertThat(change.rejectOrNull().detail())
        .isEqualTo("5 words became 2, a difference of at most 2 is allowed");
  }

  @Test
  void aRewriterThatLosesAPartIsAtFault() {
    assertThat(read(15, "the image shows two").rejectOrNull().reason())
        .isEqualTo(RejectReason.THINK_MISSING);
    assertThat(read(15, "<think>the image shows two").rejectOrNull().reason())
        .isEqualTo(RejectReason.THINK_UNCLOSED);
    assertThat(read(15, "<think>the image shows two</think>").rejectOrNull().reason())
        .isEqualTo(RejectReason.REPLY_ANSWER_MISSING);
  }

  @Test
  void countsRunsOfAnythingButSpace() {
    assertThat(Words.count("")).isZero();
    assertThat(Words.count(" \n\t ")).isZero();
    assertThat(Words.count("x = 3,\n  then")).isEqualTo(4);
  }

  @Test
  void theBoundIsThePapersUnlessConfigured() {
    assertThat(RewriteConfig.DEFAULT.maxWordDelta()).isEqualTo(15);
    assertThatThrownBy(() -> new RewriteConfig(-1))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("max_word_delta must be at least 0 but was -1");
  }

  /** The reply's change, for a row of five words. */
  private static RowChange read(int maxWordDelta, String reply) {
    TestSample sample =
        TestSample.counting("s")
            .with("reasoning_raw", "the caption shows two")
            .with("answer_raw", "2");
    RowPlan plan =
        new RewriteLogic(new RewriteConfig(maxWordDelta), TeacherBinding.builtin(Role.REWRITER))
            .plan(new SampleRow(sample.row(Boundary.DISTILL)));
    return ((RowPlan.Ask) plan).read().apply(new TeacherReply.Answer(reply, null, null));
  }
}
