package org.sightmill.jobs.cli;

import java.util.concurrent.Callable;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.train.SftRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Supervised fine-tuning. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Supervised fine-tuning on 6-curate/sft or generated rows.",
      "Metrics, resume points and the trained model lie in sft/ of the run's folder."
    })
final class SftCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  @Option(names = "--resume", description = "go on behind the newest resume point")
  private boolean resume;

  SftCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new TrainingSession<SftConfig>("sft", options, console)
        .run(SftConfig.class, SftRun::new, dryRun, resume);
  }
}
