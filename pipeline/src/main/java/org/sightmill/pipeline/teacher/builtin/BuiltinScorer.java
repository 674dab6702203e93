package org.sightmill.pipeline.teacher.builtin;

import java.util.Locale;
import java.util.Optional;
import org.sightmill.pipeline.teacher.TeacherRow;

/** Scores by the similarity to the gold answer. */
final class BuiltinScorer implements Player {
  @Override
  public Optional<String> reply(TeacherRow row) {
    if (row.gold() == null || row.response() == null) {
      return Optional.empty();
    }
    double similarity = TextSimilarity.between(row.gold(), row.response());
    return Optional.of(String.format(Locale.ROOT, "%.6f", similarity));
  }

  @Override
  public String lack() {
    return "there is no answer to score, or no gold answer to score it by";
  }
}
