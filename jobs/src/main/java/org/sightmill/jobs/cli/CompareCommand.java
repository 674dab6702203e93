package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.eval.Comparing;
import org.sightmill.jobs.eval.Evaluation;
import org.sightmill.jobs.eval.ScoredArm;
import org.sightmill.jobs.report.EvaluationPrinter;
import org.sightmill.trainer.eval.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Arms beside one another. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Several models on the same items with one verifier and one decoder: differences to the first"
          + " arm",
      "with paired intervals. Choose checkpoints on held-out data, never on the benchmarks."
    })
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private EvaluationOptions options;

  @Option(
      names = "--arm",
      paramLabel = "NAME=DIR",
      description = {
        "a model's folder, the base first; NAME@native=DIR asks under the model's own system"
            + " prompt;",
        "NAME=MODEL@URL asks an endpoint; NAME=predictions:DATASET=FILE,... takes what was said"
            + " already;",
        "a repeated name is another seed"
      })
  private List<String> arms = new ArrayList<>();

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    List<BenchmarkFile> benchmarks = options.benchmarks(problems);
    List<ArmSpec> specs = new ArrayList<>();
    arms.forEach(text -> ArmSpec.parse(text, options.key(), problems).ifPresent(specs::add));
    if (specs.stream().map(ArmSpec::name).distinct().count() < 2) {
      problems.add("--arm NAME=DIR is required twice: the base and an arm to compare with it");
    }
    return new EvaluationRun("compare", options, console)
        .execute(benchmarks, problems, evaluation -> compare(evaluation, specs));
  }

  private void compare(Evaluation evaluation, List<ArmSpec> specs) {
    List<ScoredArm> scored = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      ArmSpec spec = specs.get(i);
      long before = specs.subList(0, i).stream().filter(s -> s.name().equals(spec.name())).count();
      scored.add(evaluation.run(spec, (int) before + 1));
    }
    Comparison comparison = Comparing.of(scored);
    evaluation.write(new Path(options.output(), Comparing.RESULT), comparison);
    new EvaluationPrinter(console.out()).print(comparison);
  }
}
