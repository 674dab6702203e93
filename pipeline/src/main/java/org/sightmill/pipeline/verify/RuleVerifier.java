package org.sightmill.pipeline.verify;

import java.io.Serializable;
import org.sightmill.pipeline.answer.Grade;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/** The verifier that also rewards rollouts, with a bound on what counts as a found box. */
final class RuleVerifier implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Grader GRADER = Grader.standard();

  private final double boxIou;

  RuleVerifier(double boxIou) {
    this.boxIou = boxIou;
  }

  /** Judges a whole response; choices may be null. */
  Ruling rule(AnswerType type, String gold, String response, Choices choices) {
    Grade grade = GRADER.grade(new GradeRequest(type, gold, response, choices, Scope.COMPLETION));
    return Ruling.byRule(
        type == AnswerType.BOX ? boxVerdict(grade) : grade.verdict(), grade.reason());
  }

  /** A box's reward is its intersection over union. */
  private Verdict boxVerdict(Grade grade) {
    boolean compared = grade.verdict() == Verdict.EQUAL || grade.verdict() == Verdict.DIFFERENT;
    if (!compared) {
      return grade.verdict();
    }
    return grade.reward() >= boxIou ? Verdict.EQUAL : Verdict.DIFFERENT;
  }
}
