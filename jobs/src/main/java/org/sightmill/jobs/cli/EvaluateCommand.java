package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.report.EvaluationPrinter;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.trainer.eval.PromptStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One model on benchmarks. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "A model on benchmarks: answers, then accuracy by each benchmark's own rule (compatible) and"
          + " by",
      "the verifier (lenient, strict). A run that was stopped goes on where it was."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private EvaluationOptions options;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "the model's folder, on every node; with --endpoint its name there")
  private String model;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = {
        "where the model is served instead: an OpenAI-compatible server, such as"
            + " http://host:8000/v1;",
        "may be repeated"
      })
  private List<String> endpoints = new ArrayList<>();

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = {
        "score these predictions instead: a TSV with index and prediction, or Parquet of an earlier"
            + " run;",
        "with several benchmarks NAME=FILE for each"
      })
  private List<String> predictions = new ArrayList<>();

  // Not --name: spark-submit has an option of that name, and the launcher passes those on.
  @Option(names = "--label", paramLabel = "NAME", description = "what tables call it (model)")
  private String name = "model";

  @Option(
      names = "--native-prompt",
      description = "ask under the model's own system prompt, not the one of training")
  private boolean nativePrompt;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    List<BenchmarkFile> benchmarks = options.benchmarks(problems);
    Optional<ArmSpec> arm = arm(benchmarks, problems);
    EvaluationRun run = new EvaluationRun("evaluate", options, console);
    return run.execute(
        benchmarks,
        problems,
        evaluation ->
            new EvaluationPrinter(console.out()).print(evaluation.run(arm.orElseThrow()).result()));
  }

  private Optional<ArmSpec> arm(List<BenchmarkFile> benchmarks, List<String> problems) {
    PromptStyle style = nativePrompt ? PromptStyle.NATIVE : PromptStyle.TRAINED;
    if (!endpoints.isEmpty()) {
      return served(style, problems);
    }
    if ((model == null) == predictions.isEmpty()) {
      problems.add("one of --model DIR and --predictions FILE is required");
      return Optional.empty();
    }
    if (model != null) {
      return Optional.of(ArmSpec.ofModel(name, model, style));
    }
    TreeMap<String, String> files = new TreeMap<>();
    for (String text : predictions) {
      String[] parts = text.split("=", 2);
      if (parts.length == 2) {
        files.put(parts[0], parts[1]);
      } else if (benchmarks.size() == 1) {
        files.put(benchmarks.get(0).dataset(), text);
      } else {
        problems.add("--predictions must be NAME=FILE with several benchmarks: " + text);
      }
    }
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(ArmSpec.ofPredictions(name, files, style));
  }

  private Optional<ArmSpec> served(PromptStyle style, List<String> problems) {
    if (model == null) {
      problems.add("--endpoint needs --model: the name that the server knows it by");
      return Optional.empty();
    }
    List<EndpointConfig> known = new ArrayList<>();
    for (String url : endpoints) {
      ArmSpec.endpoint(url, options.key(), problems).ifPresent(known::add);
    }
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(ArmSpec.ofEndpoints(name, model, known, style));
  }
}
