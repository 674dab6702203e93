package org.sightmill.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.PathProbe;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.jobs.report.RunSummary;
import org.sightmill.jobs.report.SampleChain;
import org.sightmill.jobs.report.SampleRows;
import org.sightmill.jobs.report.StepDigests;
import org.sightmill.jobs.report.SummaryPrinter;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepInputException;
import org.sightmill.pipeline.step.StepReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run holds. Writes nothing, and starts Spark only for digests. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Counts by step and source, why rows ended, and a few rows.")
final class InspectCommand implements Callable<Integer> {
  private static final int DEFAULT_ROWS = 3;

  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(names = "--rows", paramLabel = "N", description = "how many rows to show (3)")
  private int rows = DEFAULT_ROWS;

  @Option(names = "--json", description = "everything as one JSON object")
  private boolean json;

  @Option(
      names = "--digest",
      description = {
        "the SHA-256 of each step's rows, sorted by sample_id, without latency, cost and endpoint:",
        "equal digests are identical outputs"
      })
  private boolean digest;

  @Option(
      names = "--sample",
      paramLabel = "ID",
      description = {
        "where one sample, by its sample_id, comes from: its source record, the calls made for it,",
        "their prompts, the code, and why it ended if it did"
      })
  private String sample;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = new ConfigLoader(PathProbe.NONE).load(options.request());
    if (!loaded.problems().isEmpty()) {
      return console.invalid(loaded.problems()).code();
    }
    RunConfig config = loaded.config();
    Configuration hadoop = HadoopSettings.fromProperties();
    RunStore store = new RunStore(config.layout(), hadoop);
    RunSummary summary = RunSummary.read(store);
    StepReport last =
        summary
            .last()
            .orElseThrow(
                () ->
                    new StepInputException(
                        "no step has committed in %s: run 'sightmill build' first"
                            .formatted(config.layout().folder())));
    if (sample != null) {
      return chain(config, summary, hadoop);
    }
    Map<String, String> digests = digest ? digests(config, store, summary) : Map.of();
    List<Map<String, String>> first = SampleRows.read(config.layout(), last, rows, hadoop);
    if (json) {
      console.out().println(toJson(summary, digests, first));
    } else {
      print(summary, digests, last, first);
    }
    return ExitCode.DONE.code();
  }

  private int chain(RunConfig config, RunSummary summary, Configuration hadoop) {
    Optional<SampleChain> chain = SampleChain.of(sample, config.layout(), summary, hadoop);
    if (chain.isEmpty()) {
      return console
          .invalid(
              List.of(
                  "--sample: no committed step in %s knows a sample '%s'"
                      .formatted(config.layout().folder(), sample)))
          .code();
    }
    if (json) {
      console.out().println(json(chain.get()));
    } else {
      chain.get().print(console.out());
    }
    return ExitCode.DONE.code();
  }

  private void print(
      RunSummary summary,
      Map<String, String> digests,
      StepReport last,
      List<Map<String, String>> first) {
    new SummaryPrinter(console.out()).print(summary);
    digests.forEach((step, sha256) -> console.out().printf("%-8s %s%n", step, sha256));
    if (!first.isEmpty()) {
      console.out().printf("%nThe first rows of %s%n", last.step().folder());
      SampleRows.print(first, console.out());
    }
  }

  private static Map<String, String> digests(RunConfig config, RunStore store, RunSummary summary) {
    Map<String, String> settings = new LinkedHashMap<>(config.spark());
    // Rows with embedded pictures are large: the usual batch of 4,096 would not fit.
    settings.putIfAbsent("spark.sql.parquet.columnarReaderBatchSize", "64");
    SparkSession spark = SparkSessions.open("sightmill inspect " + config.runId(), settings);
    try {
      return StepDigests.of(spark, store, summary);
    } finally {
      spark.stop();
    }
  }

  private static String toJson(
      RunSummary summary, Map<String, String> digests, List<Map<String, String>> first) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("root", summary.root());
    all.put("run_id", summary.runId());
    all.put("steps", summary.steps());
    all.put("digests", digests);
    all.put("rows", first);
    return json(all);
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }
}
