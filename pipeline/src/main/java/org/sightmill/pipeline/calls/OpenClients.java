package org.sightmill.pipeline.calls;

import java.util.EnumMap;
import java.util.Map;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.Teachers;

/** The clients of one task, each opened at its first call: many partitions need none. */
final class OpenClients implements AutoCloseable {
  private final StepTeachers teachers;
  private final CallSite site;
  private final Map<Role, TeacherClient> open = new EnumMap<>(Role.class);

  OpenClients(StepTeachers teachers, CallSite site) {
    this.teachers = teachers;
    this.site = site;
  }

  synchronized TeacherClient of(Role role) {
    return open.computeIfAbsent(role, this::opened);
  }

  private TeacherClient opened(Role role) {
    TeacherBinding teacher = teachers.of(role);
    return Teachers.named(teacher.config().provider())
        .open(role, teacher.config(), site.context(teacher));
  }

  @Override
  public synchronized void close() {
    open.forEach(
        (role, client) -> {
          client.close();
          site.report(teachers.of(role));
        });
  }
}
