package org.sightmill.trainer.eval;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * MathVision, full test. Options by the option matcher; other answers when they are equal as text
 * or as expressions. The original evaluates what the model wrote as Python and through a LaTeX
 * library; here both are read by the project's own formula reader, and nothing is executed.
 */
final class MathVision implements Benchmark {
  private static final Pattern BOX = Pattern.compile("\\\\boxed\\{([^}]*)\\}");
  private static final int MAX_FORMULA_CHARS = 200;

  @Override
  public String name() {
    return "MathVision";
  }

  @Override
  public List<String> columns() {
    return List.of("index", "question", "choices", "answer", "category");
  }

  /** Options that the question does not name are named after it. */
  @Override
  public String prompt(BenchmarkRow row) {
    String question = row.text("question");
    List<String> options = row.list("choices");
    boolean named = options.stream().allMatch(question::contains);
    boolean letters =
        BenchmarkRow.byLetter(options).entrySet().stream()
            .allMatch(option -> option.getKey().equals(option.getValue()));
    return named || letters ? question : question + "\n" + Prompts.lettered(options);
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    Matcher box = BOX.matcher(prediction);
    String said = box.find() ? box.group(1) : prediction;
    boolean cut = !said.equals(prediction) && said.contains("{");
    Ruling ruling = ruled(row, said);
    return cut ? ruling.because(UpstreamBug.MATHVISION_CUT_BOX) : ruling;
  }

  private static Ruling ruled(BenchmarkRow row, String said) {
    List<String> options = row.list("choices");
    if (!options.isEmpty()) {
      return Ruling.letter(
          EvaluatorRules.canInfer(said, BenchmarkRow.byLetter(options)), row.text("answer"));
    }
    boolean found = !said.isEmpty() && isEqual(said, row.text("answer"));
    return found ? Ruling.decided(true, said) : Ruling.unresolved();
  }

  private static boolean isEqual(String said, String answer) {
    String left = said.toLowerCase(Locale.ROOT).strip();
    String right = answer.toLowerCase(Locale.ROOT).strip();
    if (left.equals(right)) {
      return true;
    }
    // The original's libraries read formulas, not sentences.
    boolean formula = left.length() <= MAX_FORMULA_CHARS && !left.isEmpty() && !right.isEmpty();
    return formula
        && Grader.strict()
                .grade(new GradeRequest(AnswerType.MATH, right, left, null, Scope.ANSWER))
                .verdict()
            == Verdict.EQUAL;
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    List<String> options = row.list("choices");
    return options.isEmpty()
        ? Gold.of(AnswerType.MATH, row.text("answer"))
        : Gold.choice(row.text("answer"), options);
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    return row.cell("category").stream().toList();
  }
}
