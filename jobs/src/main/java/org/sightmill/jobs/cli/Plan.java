package org.sightmill.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.jobs.config.ConfigWriter;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.SourceReaders;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.Teachers;

/** What a command would do, as YAML that can be used as a configuration again. */
final class Plan {
  private Plan() {}

  /** What keeps the sources from being collected: none there, or a reader that can't use one. */
  static List<String> sourceProblems(RunConfig config) {
    if (config.sources().isEmpty()) {
      return List.of("sources must name at least one source: give --config FILE");
    }
    SourceReaders readers = SourceReaders.load();
    List<String> problems = new ArrayList<>();
    for (SourceConfig source : config.sources()) {
      readers
          .problems(source)
          .forEach(problem -> problems.add("source '%s': %s".formatted(source.name(), problem)));
    }
    return problems;
  }

  /** What the teachers can't use: no teacher with this name, or an option that it does not know. */
  static List<String> teacherProblems(RunConfig config) {
    List<String> problems = new ArrayList<>();
    config
        .teachers()
        .forEach(
            (role, teacher) ->
                teacherProblems(role, teacher)
                    .forEach(
                        found -> problems.add("teachers.%s.%s".formatted(role.label(), found))));
    return problems;
  }

  private static List<String> teacherProblems(Role role, TeacherConfig teacher) {
    try {
      return Teachers.named(teacher.provider()).problems(role, teacher);
    } catch (InvalidConfigException e) {
      return e.problems();
    }
  }

  static ExitCode show(LoadedConfig loaded, StepName first, StepName last, Console console) {
    if (!loaded.problems().isEmpty()) {
      return console.invalid(loaded.problems());
    }
    RunConfig config = loaded.config();
    console.out().printf("# Would run in %s/%s:%n", config.root(), config.runId());
    for (StepName step : StepName.values()) {
      if (step.compareTo(first) >= 0 && step.compareTo(last) <= 0) {
        console.out().printf("#   %-10s %s%n", step.folder(), state(config, step));
      }
    }
    console.out().print(ConfigWriter.toYaml(config));
    console.out().flush();
    return ExitCode.DONE;
  }

  private static String state(RunConfig config, StepName step) {
    if (config.root().contains("://")) {
      return "unless it is done and still holds";
    }
    Path report = Path.of(config.root(), config.runId(), step.folder(), "_report.json");
    return Files.exists(report)
        ? "done; again only if what it depends on has changed"
        : "not done yet";
  }
}
