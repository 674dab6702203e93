package org.sightmill.jobs.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.jobs.provenance.RunRecord;
import org.sightmill.jobs.provenance.RunStatus;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.step.RunLayout;

/**
 * One command over a run, from configuration to status: every way it can end has an exit code, a
 * sentence, and an entry in {@code _run/status.json}.
 */
final class Run {
  /** What a command does once everything is in order. */
  interface Body {
    void run(OpenRun run);
  }

  private final String command;
  private final ConfigOptions options;
  private final Console console;
  private final String startedAt = Instant.now().toString();

  Run(String command, ConfigOptions options, Console console) {
    this.command = command;
    this.options = options;
    this.console = console;
  }

  /**
   * The configuration with all of its problems, those that {@code check} and the teachers find
   * among them.
   */
  LoadedConfig load(Function<RunConfig, List<String>> check) {
    return load(options.request(), check);
  }

  /** The same for a request that is not just the options'. */
  LoadedConfig load(ConfigRequest request, Function<RunConfig, List<String>> check) {
    LoadedConfig loaded = new ConfigLoader(new HadoopProbe()).load(request);
    if (loaded.config() == null) {
      return loaded;
    }
    List<String> problems = new ArrayList<>(loaded.problems());
    problems.addAll(check.apply(loaded.config()));
    problems.addAll(Plan.teacherProblems(loaded.config()));
    return new LoadedConfig(loaded.config(), loaded.place().orElse(null), problems);
  }

  /** Runs {@code body} unless the configuration has problems. */
  int execute(LoadedConfig loaded, Body body) {
    if (!loaded.problems().isEmpty()) {
      recordInvalid(loaded);
      return console.invalid(loaded.problems()).code();
    }
    RunConfig config = loaded.config();
    RunRecord record = new RunRecord(config.layout(), HadoopSettings.fromProperties());
    try {
      record.status(status("running", null, List.of()));
      try (OpenRun run = OpenRun.open(command, config, record);
          StopSignals signals = StopSignals.listen(console)) {
        body.run(run);
      }
      record.status(status(ExitCode.DONE, List.of()));
      return ExitCode.DONE.code();
    } catch (RuntimeException | Error e) {
      return failed(e, record).code();
    }
  }

  /** Runs {@code body}, which only looks: nothing is written, the status neither. */
  int look(LoadedConfig loaded, Body body) {
    if (!loaded.problems().isEmpty()) {
      return console.invalid(loaded.problems()).code();
    }
    try (OpenRun run = OpenRun.look(command, loaded.config())) {
      body.run(run);
      return ExitCode.DONE.code();
    } catch (RuntimeException e) {
      if (options.verbose()) {
        e.printStackTrace(console.err());
      }
      return console.failure(e).code();
    }
  }

  private ExitCode failed(Throwable thrown, RunRecord record) {
    ExitCode code = console.failure(thrown);
    try {
      record.status(status(code, Console.messages(thrown)));
      if (code == ExitCode.FAILED) {
        record.error(thrown);
        console.err().println("The stack trace is in " + record.errorPath());
      }
    } catch (RuntimeException e) {
      console.err().println(Console.messages(e).get(0));
    }
    if (options.verbose()) {
      thrown.printStackTrace(console.err());
    }
    return code;
  }

  /** Where the run's place is known and can be written, tools find the reason there too. */
  private void recordInvalid(LoadedConfig loaded) {
    Optional<RunLayout> place = loaded.place();
    boolean usable = loaded.problems().stream().noneMatch(problem -> problem.contains("root "));
    if (place.isPresent() && usable) {
      new RunRecord(place.get(), HadoopSettings.fromProperties())
          .status(status(ExitCode.INVALID, loaded.problems()));
    }
  }

  private RunStatus status(ExitCode code, List<String> messages) {
    return status(code.state(), code.code(), messages);
  }

  private RunStatus status(String state, Integer exitCode, List<String> messages) {
    String endedAt = exitCode == null ? null : Instant.now().toString();
    return new RunStatus(command, state, exitCode, messages, startedAt, endedAt);
  }
}
