package org.sightmill.pipeline.calls;

import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.Teachers;

/** The client of one task, opened at its first call: many partitions need none. */
final class LazyClient implements AutoCloseable {
  private final TeacherBinding teacher;
  private final TeacherContext context;
  private TeacherClient client;

  LazyClient(TeacherBinding teacher, TeacherContext context) {
    this.teacher = teacher;
    this.context = context;
  }

  synchronized TeacherClient open() {
    if (client == null) {
      client =
          Teachers.named(teacher.config().provider())
              .open(teacher.role(), teacher.config(), context);
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
