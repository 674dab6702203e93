package org.sightmill.trainer.eval;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * MathVista testmini. Options by the option matcher; whole numbers and floats only when the
 * prediction is nothing but the number; text and list answers never score.
 */
final class MathVista implements Benchmark {
  @Override
  public String name() {
    return "MathVista";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "index", "question", "answer", "question_type", "answer_type", "answer_option", "choices");
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    if (isChoice(row)) {
      Map<String, String> options = BenchmarkRow.byLetter(row.list("choices"));
      return Ruling.letter(EvaluatorRules.canInfer(prediction, options), row.text("answer_option"));
    }
    return switch (row.text("answer_type")) {
      case "integer" -> whole(row.text("answer"), prediction);
      case "float" -> real(row.text("answer"), prediction);
      default ->
          Ruling.decided(row.text("answer").equals("None"), null)
              .because(UpstreamBug.MATHVISTA_TEXT_NEVER_SCORES);
    };
  }

  private static boolean isChoice(BenchmarkRow row) {
    return row.text("question_type").equals("multi_choice");
  }

  private static Ruling whole(String answer, String prediction) {
    Optional<BigInteger> said = PythonNumbers.integer(prediction);
    if (said.isEmpty() || !said.equals(PythonNumbers.integer(answer))) {
      return Ruling.unresolved();
    }
    return said.get().signum() == 0 ? zero() : Ruling.decided(true, said.get().toString());
  }

  private static Ruling real(String answer, String prediction) {
    Optional<Double> said = PythonNumbers.real(prediction);
    Optional<Double> right = PythonNumbers.real(answer);
    boolean equal =
        said.isPresent()
            && right.isPresent()
            && said.get().doubleValue() == right.get().doubleValue();
    if (!equal) {
      return Ruling.unresolved();
    }
    return said.get() == 0 ? zero() : Ruling.decided(true, said.get().toString());
  }

  private static Ruling zero() {
    return Ruling.unresolved().because(UpstreamBug.MATHVISTA_ZERO_IS_NOTHING);
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    if (isChoice(row)) {
      String letter = row.cell("answer_option").orElse(row.text("answer"));
      return Gold.choice(letter, row.list("choices"));
    }
    return switch (row.text("answer_type")) {
      case "integer", "float" -> Gold.of(AnswerType.DIGIT, row.text("answer"));
      case "list" -> Gold.of(AnswerType.MATH, row.text("answer"));
      default -> Gold.of(AnswerType.OPEN, row.text("answer"));
    };
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    List<String> skills = row.list("skills");
    List<String> groups =
        new ArrayList<>(skills.isEmpty() ? row.cell("skills").stream().toList() : skills);
    row.cell("task").ifPresent(groups::add);
    return groups;
  }
}
