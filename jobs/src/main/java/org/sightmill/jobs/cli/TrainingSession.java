package org.sightmill.jobs.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigWriter;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.jobs.provenance.RunRecord;
import org.sightmill.jobs.provenance.RunStatus;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.step.RunLayout;

/** A training command from configuration to status, as {@link Run} is one over the six steps. */
final class TrainingSession<C extends Record> {
  /** The training itself. */
  interface Body {
    void run() throws Exception;
  }

  private final String command;
  private final ConfigOptions options;
  private final Console console;
  private final String startedAt = Instant.now().toString();

  TrainingSession(String command, ConfigOptions options, Console console) {
    this.command = command;
    this.options = options;
    this.console = console;
  }

  LoadedRecord<C> load(Class<C> type) {
    return new ConfigLoader(new HadoopProbe()).load(type, options.request());
  }

  /** Shows the configuration and what is wrong with it. */
  int dryRun(C config, List<String> problems, String plan) {
    if (!problems.isEmpty()) {
      return console.invalid(problems).code();
    }
    console.out().println("# Would train; memory at least: " + plan);
    console.out().print(ConfigWriter.toYaml(config));
    console.out().flush();
    return ExitCode.DONE.code();
  }

  int invalid(List<String> problems) {
    return console.invalid(problems).code();
  }

  /** Trains; the record is the training's own, beside that of the six steps. */
  int execute(RunLayout layout, C config, Body body) {
    RunRecord record = new RunRecord(layout, HadoopSettings.fromProperties());
    try {
      record.status(status("running", null, List.of()));
      record.config(ConfigWriter.toYaml(config));
      record.versions(BuildInfo.read(), "not used");
      body.run();
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
