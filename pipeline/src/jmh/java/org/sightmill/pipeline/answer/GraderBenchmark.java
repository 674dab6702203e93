package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/** Grades a second on one core, over typical answers in turn. */
@State(Scope.Thread)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GraderBenchmark {
  private static final Choices CHOICES = new Choices(List.of("10 cm", "12 cm", "14 cm", "16 cm"));
  private static final String[][] DIGITS = {
    {"3", "3"},
    {"3", "4"},
    {"12", "12 cm"},
    {"7", "7.0"},
    {"10", "The answer is 10."},
    {"5", "five"}
  };
  private static final String[] LETTERS = {
    "B", "(B)", "B. 12 cm", "The answer is C.", "\\boxed{D}"
  };
  private static final String[][] FORMULAS = {
    {"\\frac{\\sqrt{3}}{3}", "\\sqrt{\\frac{1}{3}}"},
    {"12\\pi", "36\\pi"},
    {"x^2-4x+4", "(x-2)^2"},
    {"y=3\\cos(2x)", "y=6\\cos^2 x-3"},
    {"(3,4)", "(3, 4)"},
    {"\\frac{14}{3}", "Thus the value is $\\boxed{\\frac{14}{3}}$."},
    {"[0,1)\\cup(1,2]", "(1,2]\\cup[0,1)"},
    {"2x+3y=6", "4x+6y=12"},
    {"\\ln 8", "3\\ln 2"},
    {"5\\sqrt{2}", "\\sqrt{52}"}
  };

  private final Grader grader = Grader.standard();
  private int next;

  private Grade grade(AnswerType type, String gold, String answer) {
    Choices choices = type == AnswerType.CHOICE ? CHOICES : null;
    return grader.grade(
        new GradeRequest(type, gold, answer, choices, org.sightmill.pipeline.answer.Scope.ANSWER));
  }

  /** Numbers. */
  @Benchmark
  public Grade digit() {
    String[] pair = DIGITS[next++ % DIGITS.length];
    return grade(AnswerType.DIGIT, pair[0], pair[1]);
  }

  /** Options. */
  @Benchmark
  public Grade choice() {
    return grade(AnswerType.CHOICE, "B", LETTERS[next++ % LETTERS.length]);
  }

  /** Formulas, half of which need 256-bit functions. */
  @Benchmark
  public Grade math() {
    String[] pair = FORMULAS[next++ % FORMULAS.length];
    return grade(AnswerType.MATH, pair[0], pair[1]);
  }
}
