package org.sightmill.pipeline.teacher;

import java.util.concurrent.CompletionStage;

/** An open teacher, on an executor. Thread-safe. */
public interface TeacherClient extends AutoCloseable {
  /**
   * Starts a call. The stage completes normally, with {@link TeacherReply.Failed} for failures; it
   * completes exceptionally only for defects, which fail the task.
   */
  CompletionStage<TeacherReply> ask(TeacherRequest request);

  @Override
  void close();
}
