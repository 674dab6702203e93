package org.sightmill.pipeline.calls;

import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.Teachers;

/** The client of one task, opened at its first call: many partitions need none. */
final class LazyClient implements AutoCloseable {
  private final TeacherBinding teacher;
  private final CallSite site;
  private TeacherClient client;

  LazyClient(TeacherBinding teacher, CallSite site) {
    this.teacher = teacher;
    this.site = site;
  }

  synchronized TeacherClient open() {
    if (client == null) {
      client =
          Teachers.named(teacher.config().provider())
              .open(teacher.role(), teacher.config(), site.context(teacher));
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      site.report(teacher);
    }
  }
}
