package org.sightmill.pipeline.verify;

import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.answer.Completion;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowLogic;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.teacher.JudgeReply;
import org.sightmill.pipeline.teacher.TeacherReply;

/** The rule verifier where it applies; the judge for open answers and, if wanted, besides. */
final class VerifyLogic implements RowLogic {
  private static final long serialVersionUID = 1L;

  private final RuleVerifier rules;
  private final SecondOpinion secondOpinion;
  private final TeacherBinding judge;

  VerifyLogic(VerifyConfig config, TeacherBinding judge) {
    this.rules = new RuleVerifier(config.boxIou());
    this.secondOpinion = config.secondOpinion();
    this.judge = judge;
  }

  @Override
  public List<String> columns() {
    return List.of("verdict", "verdict_by", "verdict_reason");
  }

  @Override
  public RowPlan plan(SampleRow row) {
    String response = row.text("response");
    if (row.answerType() == AnswerType.OPEN) {
      return planOpen(row, response);
    }
    Ruling ruling = rules.rule(row.answerType(), row.text("answer"), response, row.choices());
    return secondOpinion.wantedOn(ruling.verdict())
        ? ask(row, Completion.split(response).answer().orElse(""), ruling)
        : new RowPlan.Settled(ruling.change());
  }

  private RowPlan planOpen(SampleRow row, String response) {
    Optional<String> answer = Completion.split(response).answer();
    if (answer.isEmpty()) {
      return new RowPlan.Settled(
          Ruling.byRule(Verdict.UNPARSED, "the response has no answer").change());
    }
    return ask(row, answer.get(), null);
  }

  /** Asks the judge; without its word the first ruling, where there is one, stands. */
  private RowPlan ask(SampleRow row, String answer, Ruling first) {
    return new RowPlan.Ask(
        judge.request(row.forJudge(answer)),
        reply -> read(reply, first),
        first == null ? null : first.change());
  }

  private static RowChange read(TeacherReply.Answer reply, Ruling first) {
    Optional<JudgeReply> judged = JudgeReply.of(reply);
    if (judged.isEmpty()) {
      return first == null
          ? RowChange.reject(RejectReason.JUDGE_REPLY_UNPARSED, reply.text())
          : first.change();
    }
    return Ruling.byJudge(judged.get(), reply.receipt().model(), first).change();
  }
}
