package org.sightmill.pipeline.teacher.openai;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.RolePrompts;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;
import org.sightmill.pipeline.teacher.Timeouts;

/** Requests and configurations for tests: short waits, few attempts. */
final class Asked {
  /** For tests of what takes too long: two seconds for a call, 0.7 s between parts. */
  static final Timeouts SHORT = new Timeouts(2.0, 2.0, 0.7);

  /** For all others: long enough for a busy machine. */
  static final Timeouts LONG = new Timeouts(10.0, 30.0, 20.0);

  /** Three attempts, 10 ms apart. */
  static final Retries QUICK = new Retries(3, 0.01, 0.05, 20.0);

  private Asked() {}

  static TeacherConfig config(FaultServer... servers) {
    List<EndpointConfig> endpoints =
        List.of(servers).stream().map(server -> EndpointConfig.of(server.url())).toList();
    return config(endpoints, QUICK, SHORT);
  }

  static TeacherConfig config(List<EndpointConfig> endpoints, Retries retries) {
    return config(endpoints, retries, LONG);
  }

  private static TeacherConfig config(
      List<EndpointConfig> endpoints, Retries retries, Timeouts timeouts) {
    return new TeacherConfig(
        TeacherConfig.OPENAI,
        "m",
        new TreeMap<>(),
        null,
        null,
        null,
        endpoints,
        null,
        null,
        null,
        null,
        timeouts,
        retries);
  }

  static TeacherRequest request(Role role, String question) {
    return TeacherRequest.of(role, RolePrompts.load(Prompts.packaged(), role), row(question, null));
  }

  static TeacherRow row(String question, String imagePath) {
    return new TeacherRow(
        "s-1",
        "test",
        imagePath == null ? null : "0".repeat(64),
        imagePath,
        question,
        null,
        AnswerType.OPEN,
        "two cubes",
        null,
        null,
        "a reply to judge",
        "gold");
  }

  /** Asks once with a client of its own. */
  static TeacherReply ask(TeacherConfig config, Role role, String question) throws Exception {
    try (TeacherClient client =
        new OpenAiTeacher().open(role, config, TeacherContext.standalone("/nowhere"))) {
      return client.ask(request(role, question)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }
}
