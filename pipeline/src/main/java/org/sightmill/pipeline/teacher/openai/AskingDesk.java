package org.sightmill.pipeline.teacher.openai;

import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherContext;

/** What every asking of one client needs. */
record AskingDesk(
    Role role,
    String model,
    RequestForm form,
    Retries retries,
    TeacherContext context,
    SharedPool shared) {

  EndpointPool pool() {
    return shared.pool();
  }

  CallTimer timer() {
    return SharedPool.timer();
  }

  Backoff backoff() {
    return new Backoff(retries);
  }

  void forget(String sha256, Asking asking) {
    shared.askings().remove(sha256, asking);
  }
}
