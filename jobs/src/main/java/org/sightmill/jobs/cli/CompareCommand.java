package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.sightmill.jobs.config.CompareConfig;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.eval.Comparing;
import org.sightmill.jobs.eval.Evaluation;
import org.sightmill.jobs.eval.ScoredArm;
import org.sightmill.jobs.report.EvaluationPrinter;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.trainer.eval.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Arms beside one another. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Several models on the same items with one verifier and one decoder: differences to the first"
          + " arm",
      "with paired intervals. --config trains the arms that are not there, choosing each one's step"
          + " on",
      "held-out rows, never on the benchmarks; --arm takes models that are there."
    })
final class CompareCommand implements Callable<Integer> {
  /** Options that a configuration says itself. */
  private static final List<String> IN_THE_FILE =
      List.of(
          "--arm",
          "--benchmark",
          "--preset",
          "--new-tokens",
          "--temperature",
          "--seed",
          "--batch",
          "--system-prompt",
          "--output");

  private static final List<String> OF_THE_FILE =
      List.of("--set", "--root", "--run-id", "--dry-run");

  private final Console console;

  @Spec private CommandSpec spec;

  @Mixin private EvaluationOptions options;

  @Mixin private ConfigOptions file;

  @Option(
      names = "--dry-run",
      description = "show which arms --config would train, and start nothing")
  private boolean dryRun;

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
    return given("--config").findAny().isPresent() ? configured() : taken();
  }

  private Stream<String> given(String... names) {
    return Stream.of(names).filter(spec.commandLine().getParseResult()::hasMatchedOption);
  }

  private int configured() {
    List<String> problems = new ArrayList<>();
    given(IN_THE_FILE.toArray(String[]::new))
        .forEach(
            name -> problems.add(name + " stands in the file of --config: change it by --set"));
    LoadedRecord<CompareConfig> loaded =
        new ConfigLoader(new HadoopProbe()).load(CompareConfig.class, file.request());
    problems.addAll(loaded.problems());
    if (loaded.config() == null) {
      return console.invalid(problems).code();
    }
    return new ConfiguredComparison(loaded.config(), options, console).run(problems, dryRun);
  }

  private int taken() {
    List<String> problems = new ArrayList<>();
    given(OF_THE_FILE.toArray(String[]::new))
        .forEach(name -> problems.add(name + " needs --config: there is nothing to change"));
    List<BenchmarkFile> benchmarks = options.benchmarks(problems);
    List<ArmSpec> specs = new ArrayList<>();
    arms.forEach(text -> ArmSpec.parse(text, options.key(), problems).ifPresent(specs::add));
    if (specs.stream().map(ArmSpec::name).distinct().count() < 2) {
      problems.add("--arm NAME=DIR is required twice: the base and an arm to compare with it");
    }
    return new EvaluationRun("compare", options, console)
        .execute(
            benchmarks,
            problems,
            evaluation -> compare(evaluation, specs, new Path(options.output()), console));
  }

  /** Evaluates arms, and tells and writes how they compare. */
  static void compare(Evaluation evaluation, List<ArmSpec> specs, Path output, Console console) {
    List<ScoredArm> scored = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      ArmSpec spec = specs.get(i);
      long before = specs.subList(0, i).stream().filter(s -> s.name().equals(spec.name())).count();
      scored.add(evaluation.run(spec, (int) before + 1));
    }
    Comparison comparison = Comparing.of(scored);
    evaluation.write(new Path(output, Comparing.RESULT), comparison);
    new EvaluationPrinter(console.out()).print(comparison);
  }
}
