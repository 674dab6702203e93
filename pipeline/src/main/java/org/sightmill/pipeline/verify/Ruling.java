package org.sightmill.pipeline.verify;

import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.JudgeReply;

/**
 * A verdict, who gave it and why: the three columns.
 *
 * @param by {@code rule} or {@code judge:<model>}
 */
record Ruling(Verdict verdict, String by, String reason) {
  private static final String RULE = "rule";
  private static final String JUDGE = "judge:";

  static Ruling byRule(Verdict verdict, String reason) {
    return new Ruling(verdict, RULE, reason);
  }

  /**
   * The judge's word; {@code first} is the rule's verdict that it overrules or confirms, or null.
   */
  static Ruling byJudge(JudgeReply judged, String model, Ruling first) {
    String reason =
        first == null
            ? judged.reason()
            : "%s; rule: %s, %s".formatted(judged.reason(), first.verdict, first.reason);
    return new Ruling(judged.yes() ? Verdict.EQUAL : Verdict.DIFFERENT, JUDGE + model, reason);
  }

  /** The columns, and the reject unless the answers are equal. */
  RowChange change() {
    RowChange columns = RowChange.set(verdict.name(), by, reason);
    return switch (verdict) {
      case EQUAL -> columns;
      case DIFFERENT -> columns.rejected(RejectReason.ANSWER_DIFFERENT, detail());
      case UNPARSED -> columns.rejected(RejectReason.ANSWER_UNPARSED, detail());
      case UNDEFINED -> columns.rejected(RejectReason.ANSWER_UNDEFINED, detail());
      case BUDGET -> columns.rejected(RejectReason.ANSWER_BUDGET, detail());
    };
  }

  private String detail() {
    return by + ": " + reason;
  }
}
