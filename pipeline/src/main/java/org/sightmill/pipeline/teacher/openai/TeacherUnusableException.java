package org.sightmill.pipeline.teacher.openai;

import org.sightmill.pipeline.teacher.Role;

/**
 * No endpoint of a role can serve anything. The task fails, and the run with it: rejecting every
 * row that is left would cost the rows, and stopping costs nothing, since the log keeps what came.
 */
final class TeacherUnusableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TeacherUnusableException(Role role, String why) {
    super("teachers.%s can't be used: %s".formatted(role.label(), why));
  }
}
