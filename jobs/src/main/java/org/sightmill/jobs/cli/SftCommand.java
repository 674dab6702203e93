package org.sightmill.jobs.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.train.SftRun;
import org.sightmill.jobs.train.Start;
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
    TrainingSession<SftConfig> session = new TrainingSession<>("sft", options, console);
    LoadedRecord<SftConfig> loaded = session.load(SftConfig.class);
    if (!loaded.problems().isEmpty()) {
      return session.invalid(loaded.problems());
    }
    SftConfig config = loaded.config();
    SftRun run = new SftRun(config);
    List<String> problems = run.problems();
    if (dryRun) {
      return session.dryRun(config, problems, problems.isEmpty() ? run.memory() : "unknown");
    }
    if (!problems.isEmpty()) {
      return session.invalid(problems);
    }
    return session.execute(
        run.record(),
        config,
        () -> {
          run.train(resume ? Start.RESUME : Start.FRESH, console.err());
          console.out().println("The model lies in " + run.model());
        });
  }
}
