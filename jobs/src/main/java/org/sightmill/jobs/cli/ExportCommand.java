package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.pipeline.export.Export;
import org.sightmill.pipeline.export.ExportConfig;
import org.sightmill.pipeline.export.ExportFormat;
import org.sightmill.pipeline.export.ExportReport;
import org.sightmill.pipeline.export.Subset;
import org.sightmill.pipeline.prompt.PolicyPrompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The data set of a run, for other trainers. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Writes the data set of a finished run in the layout of another trainer.")
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = "huggingface, trl, easyr1, verl, ms-swift, llama-factory or vlaa")
  private ExportFormat format;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "the folder to write, any Hadoop URI")
  private String output;

  @Option(
      names = "--subset",
      paramLabel = "S",
      description = "sft, rl or aha; again for more (all that the format takes)")
  private List<Subset> subsets = new ArrayList<>();

  @Option(
      names = "--non-commercial",
      description = "also rows whose licence forbids commercial use")
  private boolean nonCommercial;

  @Option(names = "--replace", description = "delete what is in the folder")
  private boolean replace;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExportConfig config =
        new ExportConfig(
            format,
            output,
            subsets,
            nonCommercial ? ExportConfig.Licenses.ALL : ExportConfig.Licenses.COMMERCIAL,
            replace ? ExportConfig.Existing.REPLACE : ExportConfig.Existing.KEEP,
            ExportConfig.DEFAULT_SHARD_BYTES);
    Run run = new Run("export", options, console);
    LoadedConfig loaded = run.load(ignored -> List.of());
    return run.look(loaded, open -> print(export(open, config)));
  }

  private static ExportReport export(OpenRun open, ExportConfig config) {
    PolicyPrompt prompt = PolicyPrompt.packaged();
    return new Export(open.spark(), open.store(), config, prompt).run();
  }

  private void print(ExportReport report) {
    report.rows().forEach((subset, rows) -> console.out().printf("%-5s %,d rows%n", subset, rows));
    report
        .withheld()
        .forEach(
            (license, rows) ->
                console
                    .out()
                    .printf(
                        "%,d rows withheld: '%s' forbids commercial use (--non-commercial)%n",
                        rows, license));
    console.out().printf("%d files in %s%n", report.files().size(), output);
  }

  static ExportFormat format(String label) {
    return ExportFormat.fromLabel(label)
        .orElseThrow(() -> unknown("format", label, labels(ExportFormat.values())));
  }

  static Subset subset(String label) {
    return Subset.fromLabel(label.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                unknown(
                    "subset",
                    label,
                    Stream.of(Subset.values())
                        .map(Subset::label)
                        .collect(Collectors.joining(", "))));
  }

  private static String labels(ExportFormat[] formats) {
    return Stream.of(formats).map(ExportFormat::label).collect(Collectors.joining(", "));
  }

  private static TypeConversionException unknown(String what, String label, String known) {
    return new TypeConversionException("'%s' is no %s; there are %s".formatted(label, what, known));
  }
}
