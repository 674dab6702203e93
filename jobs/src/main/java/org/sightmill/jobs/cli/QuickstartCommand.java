package org.sightmill.jobs.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.jobs.report.RunSummary;
import org.sightmill.jobs.report.SummaryPrinter;
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
  private static final String SAMPLES = "conf/samples/puzzlevqa";

  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(names = "--dry-run", description = "show the configuration and the plan, start nothing")
  private boolean dryRun;

  QuickstartCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("sightmill.home", "."));
    ConfigRequest request =
        options
            .request()
            .onTopOf(home.resolve(CONFIG).toString())
            .with("sources.0.path", home.resolve(SAMPLES).toString());
    Run run = new Run("quickstart", options, console);
    LoadedConfig loaded = run.load(request, Plan::sourceProblems);
    if (dryRun) {
      return Plan.show(loaded, StepName.COLLECT, StepName.CURATE, console).code();
    }
    return run.execute(loaded, this::quickstart);
  }

  private void quickstart(OpenRun open) {
    open.run(StepName.COLLECT, StepName.CURATE, null);
    new SummaryPrinter(console.out()).print(RunSummary.read(open.store()));
    next(open.config());
  }

  private void next(RunConfig config) {
    String run = "--root " + config.root() + " --run-id " + config.runId();
    console
        .out()
        .printf(
            """

            The data set lies in %1$s/%2$s/6-curate: sft, rl and aha, Parquet with pictures.
            Next:
              sightmill inspect %3$s --rows 5
              sightmill collect --preview 3 --config conf/pipeline/quickstart.yaml
              sightmill build --dry-run --config conf/pipeline/quickstart.yaml > mine.yaml
            """,
            config.root(), config.runId(), run);
  }
}
