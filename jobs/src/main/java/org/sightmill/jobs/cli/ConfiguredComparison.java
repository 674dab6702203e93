package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.sightmill.jobs.arms.ArmPlan;
import org.sightmill.jobs.config.CompareConfig;
import org.sightmill.jobs.config.ProceduralSection;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.eval.ProceduralBenchmark;
import org.sightmill.jobs.report.EvaluationPrinter;
import org.sightmill.jobs.report.ReportSources;
import org.sightmill.jobs.report.RunPage;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.step.RunStore;

/** {@code compare --config}: trains what is not there, compares, and makes the report. */
final class ConfiguredComparison {
  private final CompareConfig config;
  private final EvaluationOptions options;
  private final Console console;

  ConfiguredComparison(CompareConfig config, EvaluationOptions options, Console console) {
    this.config = config;
    this.options = options;
    this.console = console;
  }

  /**
   * All of it.
   *
   * @param found what is wrong already
   * @return the exit code
   */
  int run(List<String> found, boolean dryRun) {
    List<String> problems = new ArrayList<>(found);
    ArmPlan plan = ArmPlan.of(config, options.key(), problems);
    List<BenchmarkFile> benchmarks = new ArrayList<>();
    config
        .benchmarks()
        .forEach(text -> BenchmarkFile.parse(text, problems).ifPresent(benchmarks::add));
    benchmarks.forEach(file -> problems.addAll(file.problems(HadoopSettings.fromProperties())));
    options.judge(problems);
    if (!problems.isEmpty()) {
      return console.invalid(problems).code();
    }
    if (dryRun) {
      plan.describe(console.out());
      return ExitCode.DONE.code();
    }
    plan.train(console.err());
    config.generated().forEach(questions -> benchmarks.add(written(questions)));
    return compared(plan, benchmarks);
  }

  private String output() {
    return config.layout().folder() + "/evaluate";
  }

  private int compared(ArmPlan plan, List<BenchmarkFile> benchmarks) {
    EvaluationRun.Asked asked =
        new EvaluationRun.Asked(
            output(), benchmarks, config.decoding().decoding(), plan.systemPrompt());
    int code =
        new EvaluationRun("compare", options, console)
            .execute(
                asked,
                List.of(),
                evaluation ->
                    CompareCommand.compare(
                        evaluation,
                        plan.specs(),
                        new org.apache.hadoop.fs.Path(asked.output()),
                        console));
    if (code == ExitCode.DONE.code()) {
      report();
    }
    return code;
  }

  private void report() {
    Configuration hadoop = HadoopSettings.fromProperties();
    RunStore store = new RunStore(config.layout(), hadoop);
    new EvaluationPrinter(console.out())
        .printTraining(ReportSources.within(config.layout().folder(), hadoop).training(), hadoop);
    console
        .out()
        .printf(
            "%nThe report is %s%n",
            new RunPage(store, hadoop).writeTo(null, new ReportSources(List.of(), List.of())));
  }

  /** Generated questions as a benchmark file; the same ones each time. */
  private BenchmarkFile written(ProceduralSection questions) {
    return ProceduralBenchmark.write(
        "generated-%d-%d".formatted(questions.rows(), questions.seed()),
        questions.generator(),
        output(),
        HadoopSettings.fromProperties());
  }
}
