package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.eval.Evaluation;
import org.sightmill.jobs.eval.TeacherJudge;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.trainer.eval.AnswerJudge;
import org.sightmill.trainer.eval.Decoding;

/** The frame of {@code evaluate} and {@code compare}: checks, session, judge, exit code. */
final class EvaluationRun {
  private final String command;
  private final EvaluationOptions options;
  private final Console console;

  EvaluationRun(String command, EvaluationOptions options, Console console) {
    this.command = command;
    this.options = options;
    this.console = console;
  }

  /** Runs {@code body} unless something is wrong with what was asked. */
  int execute(List<BenchmarkFile> benchmarks, List<String> found, Consumer<Evaluation> body) {
    List<String> problems = new ArrayList<>(found);
    Decoding decoding = options.decoding(problems);
    return execute(
        new Asked(options.output(), benchmarks, decoding, options.trainedUnder()), problems, body);
  }

  /**
   * What is asked how.
   *
   * @param output where results go
   * @param trainedUnder system prompt of training; empty for the packaged one
   */
  record Asked(
      String output,
      List<BenchmarkFile> benchmarks,
      Decoding decoding,
      Optional<String> trainedUnder) {}

  /** The same with settings from elsewhere than the options; the judge is the options'. */
  int execute(Asked asked, List<String> found, Consumer<Evaluation> body) {
    List<String> problems = new ArrayList<>(found);
    Optional<TeacherConfig> judged = options.judge(problems);
    if (!problems.isEmpty()) {
      return console.invalid(problems).code();
    }
    SparkSession spark = SparkSessions.open("sightmill " + command, Map.of());
    Optional<TeacherJudge> judge = Optional.empty();
    try {
      judge = judged.map(config -> new TeacherJudge(config, asked.output()));
      body.accept(
          new Evaluation(
              spark,
              new Path(asked.output()),
              asked.benchmarks(),
              asked.decoding(),
              asked.trainedUnder(),
              judge.map(AnswerJudge.class::cast)));
      console.out().printf("%nEverything is in %s%n", asked.output());
      return ExitCode.DONE.code();
    } finally {
      judge.ifPresent(TeacherJudge::close);
      spark.stop();
    }
  }
}
