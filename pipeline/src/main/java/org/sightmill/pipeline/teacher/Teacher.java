package org.sightmill.pipeline.teacher;

/** A kind of teacher, found by {@code ServiceLoader} on driver and executors. */
public interface Teacher {
  /** The value of {@code provider} in configuration. */
  String name();

  /** Opens a client for one role. Called on executors, once for each task or more rarely. */
  TeacherClient open(Role role, TeacherConfig config);
}
