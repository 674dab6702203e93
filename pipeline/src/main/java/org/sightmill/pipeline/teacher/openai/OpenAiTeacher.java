package org.sightmill.pipeline.teacher.openai;

import java.util.List;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.Teacher;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;

/** Plays every role through endpoints that speak OpenAI's chat completions, such as vLLM's. */
public final class OpenAiTeacher implements Teacher {

  @Override
  public String name() {
    return TeacherConfig.OPENAI;
  }

  @Override
  public TeacherClient open(Role role, TeacherConfig config, TeacherContext context) {
    List<String> problems = problems(role, config);
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return new OpenAiClient(role, config, context);
  }

  @Override
  public List<String> problems(Role role, TeacherConfig config) {
    Checks checks = new Checks();
    checks.that(
        config.options().isEmpty(),
        "options: the openai teacher has none but got %s; fields of the request belong in sampling.extra"
            .formatted(config.options().keySet()));
    checks.that(config.form() == null || role == Role.SCORER, "form is for the scorer alone");
    if (config.sampling() != null) {
      config
          .sampling()
          .extra()
          .forEach(
              (name, value) ->
                  checks.that(
                      Json.isValue(value),
                      "sampling.extra.%s must be JSON but was '%s'".formatted(name, value)));
    }
    return checks.found();
  }
}
