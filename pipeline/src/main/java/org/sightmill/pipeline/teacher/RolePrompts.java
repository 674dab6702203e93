package org.sightmill.pipeline.teacher;

import java.util.Set;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.prompt.Prompt;
import org.sightmill.pipeline.prompt.Prompts;

/** The prompt of each role, checked against what a row can fill in and what the role can't lack. */
public final class RolePrompts {
  private RolePrompts() {}

  /**
   * The prompt of a role.
   *
   * @throws InvalidConfigException naming file and placeholder
   */
  public static Prompt load(Prompts prompts, Role role) {
    return prompts.load(role.label(), RowValues.NAMES, required(role));
  }

  private static Set<String> required(Role role) {
    return switch (role) {
      case CAPTIONER -> Set.of();
      case REPAIRER -> Set.of("question", "context", "gold");
      case REASONER -> Set.of("caption", "question");
      case REWRITER -> Set.of("response");
      case JUDGE -> Set.of("question", "gold", "response");
      case SCORER -> Set.of("question", "response");
      case ANSWERER -> Set.of("question");
    };
  }
}
