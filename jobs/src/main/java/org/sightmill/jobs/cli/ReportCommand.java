package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.PathProbe;
import org.sightmill.jobs.report.ReportSources;
import org.sightmill.jobs.report.RunPage;
import org.sightmill.jobs.report.TrainingRun;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.step.RunStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A run as one page. Starts no Spark. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "A run as one page for a browser, without a network: the six steps, samples, training,"
          + " benchmarks.",
      "What lies in the run's folders train and evaluate is found by itself."
    })
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--training",
      paramLabel = "NAME=FOLDER",
      description = "a training run with its metrics.jsonl; may be repeated")
  private Map<String, String> training = new LinkedHashMap<>();

  @Option(
      names = "--evaluation",
      paramLabel = "FOLDER",
      description = "what evaluate or compare wrote; may be repeated")
  private List<String> evaluations = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "the page (report.html in the run's folder)")
  private String output;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = new ConfigLoader(PathProbe.NONE).load(options.request());
    if (!loaded.problems().isEmpty()) {
      return console.invalid(loaded.problems()).code();
    }
    Configuration hadoop = HadoopSettings.fromProperties();
    RunStore store = new RunStore(loaded.config().layout(), hadoop);
    List<TrainingRun> runs = new ArrayList<>();
    training.forEach((name, folder) -> runs.add(new TrainingRun(name, new Path(folder))));
    ReportSources given = new ReportSources(runs, evaluations.stream().map(Path::new).toList());
    console.out().println("The report is " + new RunPage(store, hadoop).writeTo(output, given));
    return ExitCode.DONE.code();
  }
}
