package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;
import org.sightmill.pipeline.teacher.TeacherRow;

/** Passes on what the source says about the picture; sees no picture. */
final class BuiltinCaptioner implements Player {
  @Override
  public Optional<String> reply(TeacherRow row) {
    return Optional.ofNullable(row.context()).filter(text -> !text.isBlank());
  }

  @Override
  public String lack() {
    return "the builtin captioner sees no pictures, and the source brings neither caption nor"
        + " context";
  }
}
