package org.sightmill.jobs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.spark.HadoopProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What works here, and what to do about what does not. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Checks Java, memory, the configuration, its teachers, Spark and the native library of models.",
      "With --model also whether the model's folder can be used, and what fits into each device."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Hugging Face folder of a Qwen2.5-VL model")
  private Path model;

  @Option(names = "--dtype", description = "of the model: float32 or bfloat16 (${DEFAULT-VALUE})")
  private String dtype = "float32";

  @Option(names = "--rows", description = "sequences at a time (${DEFAULT-VALUE})")
  private int rows = 8;

  @Option(names = "--tokens", description = "of a sequence, pictures included (${DEFAULT-VALUE})")
  private int tokens = 1024;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = new ConfigLoader(new HadoopProbe()).load(options.request());
    ModelExamination models =
        new ModelExamination(ModelOptions.placement("auto", dtype), rows, tokens);
    List<Finding> findings = new ArrayList<>(Examination.all(loaded));
    findings.addAll(models.library());
    if (model != null) {
      findings.addAll(models.model(model));
    }
    findings.forEach(
        finding ->
            console
                .out()
                .printf("%-7s %-16s %s%n", finding.state().word(), finding.what(), finding.text()));
    boolean broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN);
    return broken ? ExitCode.INVALID.code() : ExitCode.DONE.code();
  }
}
