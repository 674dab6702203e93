package org.sightmill.jobs.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.train.GrpoRun;
import org.sightmill.jobs.train.Start;
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
    TrainingSession<GrpoConfig> session = new TrainingSession<>("grpo", options, console);
    LoadedRecord<GrpoConfig> loaded = session.load(GrpoConfig.class);
    if (!loaded.problems().isEmpty()) {
      return session.invalid(loaded.problems());
    }
    GrpoConfig config = loaded.config();
    GrpoRun run = new GrpoRun(config);
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
