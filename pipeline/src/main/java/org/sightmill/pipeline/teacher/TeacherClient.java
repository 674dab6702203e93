package org.sightmill.pipeline.teacher;

import java.util.concurrent.CompletionStage;

/** An open teacher, on an executor. */
public interface TeacherClient extends AutoCloseable {
  /**
   * Starts a call and returns without waiting for its reply; may wait while the teacher has no room
   * for another call. Called from one thread; the stage may complete on any.
   *
   * <p>The stage completes normally, with {@link TeacherReply.Failed} for failures; it completes
   * exceptionally only for defects, which fail the task. It completes on its own: a teacher has a
   * time limit for everything that it waits for.
   */
  CompletionStage<TeacherReply> ask(TeacherRequest request);

  /** Gives up calls that are still in flight; their stages need not complete. */
  @Override
  void close();
}
