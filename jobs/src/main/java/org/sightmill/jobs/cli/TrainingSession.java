package org.sightmill.jobs.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigWriter;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.jobs.provenance.RunRecord;
import org.sightmill.jobs.provenance.RunStatus;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.jobs.train.Start;
import org.sightmill.jobs.train.Training;

/** A training command from configuration to status, as {@link Run} is one over the six steps. */
final class TrainingSession<C extends Record> {
  private final String command;
  private final ConfigOptions options;
  private final Console console;
  private final String startedAt = Instant.now().toString();

  TrainingSession(String command, ConfigOptions options, Console console) {
    this.command = command;
    this.options = options;
    this.console = console;
  }

  /**
   * Trains, or shows what would be trained.
   *
   * @param training of a configuration without problems
   * @return the exit code
   */
  int run(Class<C> type, Function<C, Training> training, boolean dryRun, boolean resume) {
    LoadedRecord<C> loaded = new ConfigLoader(new HadoopProbe()).load(type, options.request());
    if (!loaded.problems().isEmpty()) {
      return console.invalid(loaded.problems()).code();
    }
    Training ready = training.apply(loaded.config());
    List<String> problems = ready.problems();
    if (!problems.isEmpty()) {
      return console.invalid(problems).code();
    }
    return dryRun ? shown(loaded.config(), ready) : trained(loaded.config(), ready, resume);
  }

  private int shown(C config, Training training) {
    console.out().println("# Would train; memory at least: " + training.memory());
    console.out().print(ConfigWriter.toYaml(config));
    console.out().flush();
    return ExitCode.DONE.code();
  }

  /** The record is the training's own, beside that of the six steps. */
  private int trained(C config, Training training, boolean resume) {
    RunRecord record = new RunRecord(training.record(), HadoopSettings.fromProperties());
    try {
      record.status(status("running", null, List.of()));
      record.config(ConfigWriter.toYaml(config));
      record.versions(BuildInfo.read(), "not used");
      training.train(resume ? Start.RESUME : Start.FRESH, console.err());
      console.out().println("The model lies in " + training.home() + "/model");
      record.status(status(ExitCode.DONE.state(), ExitCode.DONE.code(), List.of()));
      return ExitCode.DONE.code();
    } catch (Exception | Error e) {
      return failed(e, record);
    }
  }

  private int failed(Throwable thrown, RunRecord record) {
    ExitCode code = console.failure(thrown);
    List<String> messages = new ArrayList<>(Console.messages(thrown));
    try {
      record.status(status(code.state(), code.code(), messages));
      record.error(thrown);
      console.err().println("The stack trace is in " + record.errorPath());
    } catch (RuntimeException e) {
      console.err().println(Console.messages(e).get(0));
    }
    if (options.verbose()) {
      thrown.printStackTrace(console.err());
    }
    return code.code();
  }

  private RunStatus status(String state, Integer exitCode, List<String> messages) {
    String endedAt = exitCode == null ? null : Instant.now().toString();
    return new RunStatus(command, state, exitCode, messages, startedAt, endedAt);
  }
}
