package org.sightmill.jobs.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.pipeline.step.StepName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The six steps. */
@Command(
    mixinStandardHelpOptions = true,
    description = "The six steps in order; what is done and still holds is not done again.")
final class BuildCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Mixin private CallOptions calls;

  @Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Option(names = "--from", paramLabel = "STEP", description = "the first step (collect)")
  private StepName from = StepName.COLLECT;

  @Option(names = "--until", paramLabel = "STEP", description = "the last step (curate)")
  private StepName until = StepName.CURATE;

  @Option(
      names = "--force",
      paramLabel = "STEP",
      description = "run this step and those after it even when they are done")
  private StepName force;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  BuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (from.compareTo(until) > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--from %s comes after --until %s".formatted(from.label(), until.label()));
    }
    Run run = new Run("build", options, console);
    LoadedConfig loaded =
        run.load(
            calls.request(options),
            config -> from == StepName.COLLECT ? Plan.sourceProblems(config) : List.<String>of());
    if (dryRun) {
      return Plan.show(loaded, from, until, console).code();
    }
    return run.execute(loaded, this::build);
  }

  private void build(OpenRun open) {
    calls.prepare(open, console);
    new Conclusion(console).print(open.run(from, until, force), open.config());
  }
}
