package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;
import org.sightmill.pipeline.teacher.TeacherRow;

/** One role, played by a rule over the row. Immutable. */
interface Player {
  /** The raw reply; empty when the row does not bring what it takes. */
  Optional<String> reply(TeacherRow row);

  /** Why there was no reply: what the row would have to bring. */
  String lack();
}
