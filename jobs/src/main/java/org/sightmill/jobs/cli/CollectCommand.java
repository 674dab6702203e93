package org.sightmill.jobs.cli;

import java.util.concurrent.Callable;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.report.Preview;
import org.sightmill.pipeline.step.StepName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Step 1. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Step 1: sources to one schema, pictures stored once under their hash.")
final class CollectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--preview",
      paramLabel = "N",
      description =
          "print the first N records of each source as they would be mapped, write nothing")
  private Integer preview;

  @Option(names = "--force", description = "run it even when it is done")
  private boolean force;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  CollectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Run run = new Run("collect", options, console);
    LoadedConfig loaded = run.load(Plan::sourceProblems);
    if (dryRun) {
      return Plan.show(loaded, StepName.COLLECT, StepName.COLLECT, console).code();
    }
    if (preview != null) {
      return run.look(
          loaded,
          open -> new Preview(console.out()).print(open.steps().collect().preview(preview)));
    }
    StepName forced = force ? StepName.COLLECT : null;
    return run.execute(loaded, open -> open.run(StepName.COLLECT, StepName.COLLECT, forced));
  }
}
