package org.sightmill.pipeline.calls;

import java.io.Serializable;
import org.sightmill.pipeline.prompt.Prompt;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.RolePrompts;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;
import org.sightmill.pipeline.teacher.Teachers;

/** Who plays a role of a step, with what prompt, and how hard it is called. Sent to executors. */
public record TeacherBinding(Role role, TeacherConfig config, Prompt prompt, CallSettings settings)
    implements Serializable {

  /**
   * A binding whose provider and prompt are known to be usable.
   *
   * @throws org.sightmill.pipeline.check.InvalidConfigException when there is no such provider, or
   *     the prompt has a fault
   */
  public static TeacherBinding of(
      Role role, TeacherConfig config, Prompts prompts, CallSettings settings) {
    Teachers.named(config.provider());
    return new TeacherBinding(role, config, RolePrompts.load(prompts, role), settings);
  }

  /** The offline default with the prompts of the jar. */
  public static TeacherBinding builtin(Role role) {
    return of(role, TeacherConfig.builtin(), Prompts.packaged(), CallSettings.DEFAULT);
  }

  /** The call that asks this teacher about a row. */
  public TeacherRequest request(TeacherRow row) {
    return TeacherRequest.of(role, prompt, row);
  }
}
