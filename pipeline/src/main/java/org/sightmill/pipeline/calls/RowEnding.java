package org.sightmill.pipeline.calls;

import org.apache.spark.sql.Row;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherReply;

/** Turns a reply, or its absence, into the row that goes out. */
final class RowEnding {
  private final StepTeachers teachers;
  private final RowAssembler assembler;
  private final CallMeter meter;

  /**
   * @param meter told of every row
   */
  RowEnding(StepTeachers teachers, RowAssembler assembler, CallMeter meter) {
    this.teachers = teachers;
    this.assembler = assembler;
    this.meter = meter;
  }

  Row settled(Row row, RowPlan.Settled plan) {
    meter.add(CallMeter.ROWS, 1);
    return assembler.assemble(row, plan.change(), null, null);
  }

  Row afterCall(Row row, RowPlan.Ask ask, TeacherReply reply) {
    meter.add(CallMeter.ROWS, 1);
    String prompt = ask.request().promptSha256();
    if (reply instanceof TeacherReply.Answer answer) {
      return assembler.assemble(row, read(ask, answer), answer.receipt(), prompt);
    }
    if (reply instanceof TeacherReply.Failed failed) {
      RowChange change = without(ask, RejectReason.TEACHER_FAILED, failed.why());
      return assembler.assemble(row, change, failed.receipt(), prompt);
    }
    if (reply instanceof TeacherReply.Refused refused) {
      return assembler.assemble(row, refused(refused), null, prompt);
    }
    String why = ((TeacherReply.Unserved) reply).why();
    return assembler.assemble(row, without(ask, unserved(ask.request().role()), why), null, prompt);
  }

  /** Never the change without a reply: that would let the row go on for another reason. */
  private static RowChange refused(TeacherReply.Refused refused) {
    return refused.refusal().stopsTheRun()
        ? RowChange.stopped(refused.why())
        : RowChange.reject(RejectReason.RESPONSE_NOT_LOGGED, refused.why());
  }

  private RowChange read(RowPlan.Ask ask, TeacherReply.Answer answer) {
    if (isBlank(answer.text()) && isBlank(answer.reasoning())) {
      return RowChange.reject(RejectReason.REPLY_EMPTY, who(ask));
    }
    return ask.read().apply(answer);
  }

  private RowChange without(RowPlan.Ask ask, RejectReason reason, String why) {
    return ask.withoutReply() == null
        ? RowChange.reject(reason, who(ask) + ": " + why)
        : ask.withoutReply();
  }

  private String who(RowPlan.Ask ask) {
    TeacherBinding teacher = teachers.of(ask.request().role());
    return teacher.role().label() + " '" + teacher.config().provider() + "'";
  }

  private static RejectReason unserved(Role role) {
    return switch (role) {
      case REPAIRER -> RejectReason.REPAIRER_UNSERVED;
      case CAPTIONER -> RejectReason.CAPTIONER_UNSERVED;
      case REASONER -> RejectReason.REASONER_UNSERVED;
      case REWRITER -> RejectReason.REWRITER_UNSERVED;
      case JUDGE, SCORER, ANSWERER -> RejectReason.JUDGE_UNSERVED;
    };
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
