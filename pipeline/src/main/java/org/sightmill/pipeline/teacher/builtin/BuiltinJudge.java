package org.sightmill.pipeline.teacher.builtin;

import java.util.Locale;
import java.util.Optional;
import org.sightmill.pipeline.answer.Grade;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;
import org.sightmill.pipeline.teacher.TeacherRow;

/** Says yes or no by the rule verifier; for open answers by the similarity of the texts. */
final class BuiltinJudge implements Player {
  private final double threshold;

  BuiltinJudge(double threshold) {
    this.threshold = threshold;
  }

  @Override
  public Optional<String> reply(TeacherRow row) {
    if (row.gold() == null || row.response() == null) {
      return Optional.empty();
    }
    return Optional.of(row.answerType() == AnswerType.OPEN ? bySimilarity(row) : byRule(row));
  }

  @Override
  public String lack() {
    return "there is no answer to judge, or no gold answer";
  }

  private String bySimilarity(TeacherRow row) {
    double similarity = TextSimilarity.between(row.gold(), row.response());
    boolean same = similarity >= threshold;
    return String.format(
        Locale.ROOT,
        "%s: text similarity %.3f is %s the threshold %s",
        same ? "yes" : "no",
        similarity,
        same ? "at or above" : "below",
        threshold);
  }

  private static String byRule(TeacherRow row) {
    Choices choices = row.choices() == null ? null : new Choices(row.choices());
    Grade grade =
        Grader.standard()
            .grade(
                new GradeRequest(
                    row.answerType(), row.gold(), row.response(), choices, Scope.ANSWER));
    return (grade.verdict() == Verdict.EQUAL ? "yes: " : "no: ") + grade.reason();
  }
}
