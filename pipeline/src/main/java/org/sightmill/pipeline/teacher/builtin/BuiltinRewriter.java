package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;
import org.sightmill.pipeline.teacher.TeacherRow;

/** Rewrites by the rules of {@link CaptionReferences}. */
final class BuiltinRewriter implements Player {
  @Override
  public Optional<String> reply(TeacherRow row) {
    return Optional.ofNullable(row.response()).map(CaptionReferences::rewrite);
  }

  @Override
  public String lack() {
    return "there is no text to rewrite";
  }
}
