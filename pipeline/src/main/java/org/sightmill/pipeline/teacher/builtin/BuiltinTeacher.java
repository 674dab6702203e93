package org.sightmill.pipeline.teacher.builtin;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.Teacher;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;

/**
 * Plays every role without a model, a network or a cost. Its replies depend on nothing but the row
 * and its options:
 *
 * <ul>
 *   <li>{@value #SIMILARITY_THRESHOLD}: from which similarity on the judge takes an open answer for
 *       the same as the gold one, in [0, 1]; default {@value #DEFAULT_SIMILARITY_THRESHOLD}.
 * </ul>
 */
public final class BuiltinTeacher implements Teacher {
  /** The option of the judge. */
  static final String SIMILARITY_THRESHOLD = "similarity_threshold";

  /**
   * Stricter than the 0.5 of DocVQA's ANLS measure, which forgives reading errors: here a wrong
   * word in a sentence has to tell.
   */
  static final double DEFAULT_SIMILARITY_THRESHOLD = 0.9;

  @Override
  public String name() {
    return TeacherConfig.BUILTIN;
  }

  @Override
  public TeacherClient open(Role role, TeacherConfig config, TeacherContext context) {
    return new BuiltinClient(player(role, options(config)));
  }

  @Override
  public List<String> problems(Role role, TeacherConfig config) {
    try {
      threshold(options(config));
    } catch (InvalidConfigException e) {
      return e.problems();
    }
    return config.endpoints().isEmpty()
        ? List.of()
        : List.of("endpoints: the builtin teacher calls none, did you mean provider: openai?");
  }

  private static Player player(Role role, SortedMap<String, String> options) {
    return switch (role) {
      case CAPTIONER -> new BuiltinCaptioner();
      case REPAIRER -> new BuiltinRepairer();
      case REASONER -> new BuiltinReasoner();
      case REWRITER -> new BuiltinRewriter();
      case JUDGE -> new BuiltinJudge(threshold(options));
      case SCORER -> new BuiltinScorer();
      case ANSWERER ->
          throw new InvalidConfigException(
              List.of("provider: the builtin teacher answers no benchmarks: use openai"));
    };
  }

  private static SortedMap<String, String> options(TeacherConfig config) {
    SortedMap<String, String> unknown = new TreeMap<>(config.options());
    unknown.remove(SIMILARITY_THRESHOLD);
    new Checks()
        .that(
            unknown.isEmpty(),
            "options: the builtin teacher does not know %s, only [%s]"
                .formatted(unknown.keySet(), SIMILARITY_THRESHOLD))
        .orThrow();
    return config.options();
  }

  private static double threshold(Map<String, String> options) {
    String text = options.get(SIMILARITY_THRESHOLD);
    if (text == null) {
      return DEFAULT_SIMILARITY_THRESHOLD;
    }
    double threshold = number(text);
    new Checks().fraction("options." + SIMILARITY_THRESHOLD, threshold).orThrow();
    return threshold;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidConfigException(
          List.of(
              "options.%s must be a number but was '%s'".formatted(SIMILARITY_THRESHOLD, text)));
    }
  }
}
