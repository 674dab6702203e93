package org.sightmill.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileUtil;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.LoadedConfig;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.pipeline.PipelineReport;
import org.sightmill.pipeline.StepOutcome;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How fast the steps are here, on generated rows with the builtin teachers. Collect is measured on
 * pictures that it draws and stores; the other steps on {@link ReadyRows}, after one pass that
 * nobody measures: the virtual machine compiles during it.
 */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Rows per second of each step on generated rows, as JSON, to size a cluster. Without --root it",
      "works in a temporary folder, which is deleted at the end.",
      "With --model instead tokens per second of decoding and training."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int DEFAULT_ROWS = 10_000;
  private static final int DEFAULT_PICTURES = 1_000;
  private static final int DEFAULT_WARM_UP_ROWS = 20_000;

  private final Console console;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--rows",
      paramLabel = "N",
      split = ",",
      description = "generated rows (10000); several numbers, one run each: --rows 10000,100000")
  private List<Integer> rows = List.of(DEFAULT_ROWS);

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "pictures that collect draws and the rows share (1000)")
  private int pictures = DEFAULT_PICTURES;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "rows of the pass before the measured ones (20000); 0 for none")
  private int warmUpRows = DEFAULT_WARM_UP_ROWS;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Hugging Face folder of a Qwen2.5-VL model; its files stay as they are")
  private Path model;

  @Option(
      names = "--device",
      description = "of the model: auto, cpu, cuda or cuda:N (${DEFAULT-VALUE})")
  private String device = "auto";

  @Option(names = "--dtype", description = "of the model: float32 or bfloat16 (${DEFAULT-VALUE})")
  private String dtype = "float32";

  @Option(names = "--seconds", description = "for each rate of the model (${DEFAULT-VALUE})")
  private double seconds = 5;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (model != null) {
      print(new ModelBench(model, ModelOptions.placement(device, dtype), seconds).run());
      return ExitCode.DONE.code();
    }
    ConfigRequest request =
        options
            .request()
            .with("run_id", "bench-" + ProcessHandle.current().pid())
            .with("sources.0.name", "procedural")
            .with("sources.0.reader", "procedural")
            .with("sources.0.options.rows", Integer.toString(pictures));
    if (request.arguments().containsKey("root")) {
      return steps(request);
    }
    Path folder = temporaryFolder();
    try {
      return steps(request.with("root", folder.toString()));
    } finally {
      // A million rows with their pictures are 30 GB.
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  private int steps(ConfigRequest request) {
    Run run = new Run("bench", options, console);
    LoadedConfig loaded = run.load(request, this::problems);
    return run.execute(loaded, this::bench);
  }

  private List<String> problems(RunConfig config) {
    List<String> problems = new ArrayList<>(Plan.sourceProblems(config));
    if (pictures < 1) {
      problems.add("--pictures must be at least 1 but was " + pictures);
    }
    if (warmUpRows < 0) {
      problems.add("--warm-up must be at least 0 but was " + warmUpRows);
    }
    rows.stream()
        .filter(number -> number < 1)
        .forEach(number -> problems.add("--rows must be at least 1 but was " + number));
    return problems;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("sightmill-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder", e);
    }
  }

  private void bench(OpenRun open) {
    PipelineReport collect = open.run(StepName.COLLECT, StepName.COLLECT, null);
    ReadyRows ready = new ReadyRows(open.spark(), open.store());
    if (warmUpRows > 0) {
      measured(open, ready, warmUpRows);
    }
    for (int number : rows) {
      List<StepReport> steps = new ArrayList<>(reports(collect));
      steps.addAll(measured(open, ready, number));
      print(number, open.spark().sparkContext().defaultParallelism(), steps);
    }
  }

  private static List<StepReport> measured(OpenRun open, ReadyRows ready, int rows) {
    ready.commit(rows);
    return reports(open.run(StepName.CAPTION, StepName.CURATE, null));
  }

  private static List<StepReport> reports(PipelineReport report) {
    return report.outcomes().stream().map(StepOutcome::report).toList();
  }

  private void print(int rows, int cores, List<StepReport> steps) {
    double seconds =
        steps.stream()
            .filter(step -> step.step() != StepName.COLLECT)
            .mapToDouble(StepReport::seconds)
            .sum();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", rows);
    result.put("cores", cores);
    result.put("heap_mib", Runtime.getRuntime().maxMemory() >> 20);
    result.put("steps", steps.stream().map(BenchCommand::line).toList());
    result.put("steps_2_to_6_rows_per_second", rows / Math.max(seconds, 0.001));
    print(result);
  }

  private void print(Map<String, Object> result) {
    try {
      console.out().println(Json.MAPPER.writeValueAsString(result));
      console.out().flush();
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
