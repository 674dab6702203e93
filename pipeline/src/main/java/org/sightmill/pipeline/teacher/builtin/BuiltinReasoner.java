package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;
import org.sightmill.pipeline.teacher.TeacherRow;
import org.sightmill.pipeline.teacher.ThinkParts;

/**
 * Thinks the source's rationale and answers what it concludes. Never sees the gold answer: a
 * rationale that concludes wrongly gives a wrong answer.
 */
final class BuiltinReasoner implements Player {
  @Override
  public Optional<String> reply(TeacherRow row) {
    if (row.rationale() == null || row.rationale().isBlank()) {
      return Optional.empty();
    }
    String concluded = Conclusion.of(row.rationale(), row.choices());
    return Optional.of(ThinkParts.join(row.rationale(), concluded));
  }

  @Override
  public String lack() {
    return "the builtin reasoner repeats rationales, and the source brings none";
  }
}
