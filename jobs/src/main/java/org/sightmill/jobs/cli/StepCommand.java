package org.sightmill.jobs.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.pipeline.step.StepName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One of steps 2 to 6. */
@Command(mixinStandardHelpOptions = true)
final class StepCommand implements Callable<Integer> {
  /** What each step does, for its help. */
  static final Map<StepName, String> DESCRIPTIONS =
      Map.of(
          StepName.CAPTION, "Step 2: a caption for every picture.",
          StepName.DISTILL, "Step 3: reasoning over caption, question and context.",
          StepName.REWRITE, "Step 4: rewrites the reasoning as if the picture had been seen.",
          StepName.VERIFY, "Step 5: keeps what ends in the right answer.",
          StepName.CURATE, "Step 6: splits into sft, rl and aha.");

  private final StepName step;
  private final Console console;

  @Mixin private ConfigOptions options;

  @Mixin private CallOptions calls;

  @Option(names = "--force", description = "run it even when it is done")
  private boolean force;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  StepCommand(StepName step, Console console) {
    this.step = step;
    this.console = console;
  }

  @Override
  public Integer call() {
    Run run = new Run(step.label(), options, console);
    LoadedConfig loaded = run.load(calls.request(options), config -> List.of());
    if (dryRun) {
      return Plan.show(loaded, step, step, console).code();
    }
    return run.execute(loaded, this::runStep);
  }

  private void runStep(OpenRun open) {
    calls.prepare(open, console);
    open.run(step, step, force ? step : null);
  }
}
