package org.sightmill.jobs.cli;

import java.util.concurrent.Callable;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.train.GrpoRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Group relative policy optimisation. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "GRPO with the mixed reward on 6-curate/rl or generated rows.",
      "Metrics, completions, resume points and the trained model lie in grpo/ of the run's folder."
    })
final class GrpoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  @Option(names = "--resume", description = "go on behind the newest resume point")
  private boolean resume;

  GrpoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new TrainingSession<GrpoConfig>("grpo", options, console)
        .run(GrpoConfig.class, GrpoRun::new, dryRun, resume);
  }
}
