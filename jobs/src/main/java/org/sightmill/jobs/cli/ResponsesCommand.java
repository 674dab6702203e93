package org.sightmill.jobs.cli;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SaveMode;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.pipeline.calls.ResponseTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the response log of a root holds. */
@Command(
    mixinStandardHelpOptions = true,
    description =
        "What was asked of teachers and paid for: counts by role, or all of it as Parquet.")
final class ResponsesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--parquet",
      paramLabel = "URI",
      description = "write every reply that counts to this folder, which must not exist")
  private String parquet;

  ResponsesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Run run = new Run("responses", options, console);
    LoadedConfig loaded = run.load(config -> java.util.List.of());
    return run.look(loaded, this::look);
  }

  private void look(OpenRun open) {
    ResponseTable table = ResponseTable.of(open.spark(), open.store().layout());
    if (parquet != null) {
      table
          .rows()
          .write()
          .mode(SaveMode.ErrorIfExists)
          .option("compression", "zstd")
          .parquet(parquet);
      console.out().printf("All replies are in %s%n", parquet);
      return;
    }
    console
        .out()
        .printf(
            "%-10s %12s %10s %14s %14s %12s%n",
            "role", "replies", "failures", "tokens in", "tokens out", "USD");
    table
        .byRole()
        .forEach(
            role ->
                console
                    .out()
                    .printf(
                        "%-10s %,12d %,10d %,14d %,14d %12.4f%n",
                        role.role(),
                        role.replies(),
                        role.failures(),
                        role.inputTokens(),
                        role.outputTokens(),
                        role.costUsd()));
  }
}
