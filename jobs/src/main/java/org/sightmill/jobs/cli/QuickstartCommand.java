package org.sightmill.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.jobs.report.ReportSources;
import org.sightmill.jobs.report.RunPage;
import org.sightmill.jobs.report.RunSummary;
import org.sightmill.jobs.report.SummaryPrinter;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The six steps on bundled data. */
@Command(
    mixinStandardHelpOptions = true,
    description = "The six steps on bundled and generated data, with nothing to prepare.")
final class QuickstartCommand implements Callable<Integer> {
  private static final String CONFIG = "conf/pipeline/quickstart.yaml";
  private static final String ARMS_CONFIG = "conf/pipeline/quickstart-arms.yaml";
  private static final String SAMPLES = "conf/samples/puzzlevqa";

  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  @Option(
      names = "--arms",
      description = {
        "with simple boards among the data, then train the tiny model on those, and compare base,",
        "SFT, GRPO, SFT then GRPO on unseen ones: some minutes more; the report shows them"
      })
  private boolean arms;

  QuickstartCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("sightmill.home", "."));
    Optional<String> missing = missing(home);
    if (missing.isPresent()) {
      return console.invalid(List.of(missing.get())).code();
    }
    ConfigRequest request =
        options
            .request()
            .onTopOf(home.resolve(arms ? ARMS_CONFIG : CONFIG).toString())
            .with("sources.0.path", home.resolve(SAMPLES).toString());
    Run run = new Run("quickstart", options, console);
    LoadedConfig loaded = run.load(request, Plan::sourceProblems);
    if (dryRun) {
      return Plan.show(loaded, StepName.COLLECT, StepName.CURATE, console).code();
    }
    int code = run.execute(loaded, this::quickstart);
    return code == ExitCode.DONE.code() && arms ? arms(home, loaded.config()) : code;
  }

  /** The jar holds no pictures: they lie beside it in a clone of the project. */
  private static Optional<String> missing(Path home) {
    return Stream.of(CONFIG, ARMS_CONFIG, SAMPLES)
        .map(home::resolve)
        .filter(path -> !Files.exists(path))
        .findFirst()
        .map(
            path ->
                """
quickstart needs the project's conf folder, and there is no %s: \
run jobs/bin/sightmill of a clone, or a jar with -Dsightmill.home=FOLDER that holds conf"""
                    .formatted(path.toAbsolutePath().normalize()));
  }

  private int arms(Path home, RunConfig config) {
    try {
      new QuickstartArms(home, config, console).run();
      Configuration hadoop = HadoopSettings.fromProperties();
      RunPage page = new RunPage(new RunStore(config.layout(), hadoop), hadoop);
      console
          .out()
          .printf(
              "%nThe report, now with the arms, is %s%n",
              page.writeTo(null, new ReportSources(List.of(), List.of())));
      return ExitCode.DONE.code();
    } catch (RuntimeException e) {
      if (options.verbose()) {
        e.printStackTrace(console.err());
      }
      return console.failure(e).code();
    }
  }

  private void quickstart(OpenRun open) {
    open.run(StepName.COLLECT, StepName.CURATE, null);
    new SummaryPrinter(console.out()).print(RunSummary.read(open.store()));
    Configuration hadoop = open.spark().sparkContext().hadoopConfiguration();
    ReportSources onlyItsOwn = new ReportSources(List.of(), List.of());
    next(open.config(), new RunPage(open.store(), hadoop).writeTo(null, onlyItsOwn));
  }

  private void next(RunConfig config, String page) {
    String folder = config.root() + "/" + config.runId();
    String sightmill = System.getProperty("sightmill.command", "sightmill");
    String run = "--root %s --run-id %s".formatted(config.root(), config.runId());
    // The resolved configuration of the run works from any folder, unlike the file it came from.
    String resolved = "--config %s/_run/config.yaml".formatted(folder);
    console
        .out()
        .printf(
            """

The data set lies in %1$s/6-curate: sft, rl and aha, Parquet with pictures.
The report for a browser is %5$s
Next:
  %2$s quickstart --arms
  %2$s inspect %3$s --rows 5
  %2$s collect --preview 3 %4$s
  %2$s build --dry-run --run-id mine %4$s > mine.yaml
""",
            folder, sightmill, run, resolved, page);
  }
}
