package org.sightmill.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.pipeline.PipelineReport;
import org.sightmill.pipeline.StepOutcome;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast the steps are here, on generated rows with the builtin teachers. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Rows per second of each step on generated rows, as JSON, to size a cluster.")
final class BenchCommand implements Callable<Integer> {
  private static final int DEFAULT_ROWS = 10_000;

  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(names = "--rows", paramLabel = "N", description = "generated rows (10000)")
  private int rows = DEFAULT_ROWS;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ConfigRequest request =
        options
            .request()
            .with("run_id", "bench-" + ProcessHandle.current().pid())
            .with("sources.0.name", "procedural")
            .with("sources.0.reader", "procedural")
            .with("sources.0.options.rows", Integer.toString(rows));
    if (!request.arguments().containsKey("root")) {
      request = request.with("root", temporaryFolder());
    }
    Run run = new Run("bench", options, console);
    LoadedConfig loaded = run.load(request, Plan::sourceProblems);
    return run.execute(loaded, this::bench);
  }

  private static String temporaryFolder() {
    try {
      return Files.createTempDirectory("sightmill-bench").toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder", e);
    }
  }

  private void bench(OpenRun open) {
    PipelineReport report = open.run(StepName.COLLECT, StepName.CURATE, null);
    List<Map<String, Object>> steps = new ArrayList<>();
    double seconds = 0;
    for (StepOutcome outcome : report.outcomes()) {
      StepReport step = outcome.report();
      seconds += step.step() == StepName.COLLECT ? 0 : step.seconds();
      steps.add(line(step));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", rows);
    result.put("cores", open.spark().sparkContext().defaultParallelism());
    result.put("heap_mib", Runtime.getRuntime().maxMemory() >> 20);
    result.put("steps", steps);
    result.put("steps_2_to_6_rows_per_second", rows / Math.max(seconds, 0.001));
    try {
      console.out().println(Json.MAPPER.writeValueAsString(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }

  private static Map<String, Object> line(StepReport step) {
    long read = step.counts().read() + step.counts().expanded();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step.step().label());
    line.put("rows", read);
    line.put("seconds", step.seconds());
    line.put("rows_per_second", read / Math.max(step.seconds(), 0.001));
    return line;
  }
}
