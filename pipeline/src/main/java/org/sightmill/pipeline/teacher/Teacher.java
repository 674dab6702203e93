package org.sightmill.pipeline.teacher;

import java.util.List;

/**
 * A kind of teacher, found by {@code ServiceLoader} on driver and executors. An implementation has
 * a public constructor without parameters, keeps no state of its own, and is named in {@code
 * META-INF/services/org.sightmill.pipeline.teacher.Teacher}.
 */
public interface Teacher {
  /** The value of {@code provider} in configuration. */
  String name();

  /**
   * Opens a client for one role. Called on executors, at most once for each task; the client is
   * closed when the task ends, however it ends.
   *
   * @throws org.sightmill.pipeline.check.InvalidConfigException when the configuration has an
   *     option that this teacher does not know, or a value that it can't use
   */
  TeacherClient open(Role role, TeacherConfig config, TeacherContext context);

  /**
   * What in a configuration this teacher can't use, known before anything runs; keys are relative
   * to the teacher's. Empty unless overridden.
   */
  default List<String> problems(Role role, TeacherConfig config) {
    return List.of();
  }
}
