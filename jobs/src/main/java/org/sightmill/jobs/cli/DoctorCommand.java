package org.sightmill.jobs.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.spark.HadoopProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What works here, and what to do about what does not. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Checks Java, memory, the configuration, its teachers and Spark.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = new ConfigLoader(new HadoopProbe()).load(options.request());
    List<Finding> findings = Examination.all(loaded);
    findings.forEach(
        finding ->
            console
                .out()
                .printf("%-7s %-14s %s%n", finding.state().word(), finding.what(), finding.text()));
    boolean broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN);
    return broken ? ExitCode.INVALID.code() : ExitCode.DONE.code();
  }
}
