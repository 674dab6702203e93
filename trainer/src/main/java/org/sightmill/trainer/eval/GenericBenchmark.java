package org.sightmill.trainer.eval;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * Rows of one's own: {@code index, question, answer}, a picture, and if wanted {@code answer_type}
 * as in {@code grade}, {@code choices} as a list or columns A, B and so on, and {@code category}.
 */
final class GenericBenchmark implements Benchmark {
  @Override
  public String name() {
    return "generic";
  }

  @Override
  public String prompt(BenchmarkRow row) {
    Map<String, String> options = options(row);
    return options.isEmpty()
        ? row.text("question")
        : row.text("question") + "\n" + Prompts.lettered(options);
  }

  private static Map<String, String> options(BenchmarkRow row) {
    List<String> listed = row.list("choices");
    return listed.isEmpty() ? row.lettered('Z') : BenchmarkRow.byLetter(listed);
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    Map<String, String> options = options(row);
    if (!options.isEmpty()) {
      return Ruling.letter(EvaluatorRules.canInfer(prediction, options), row.text("answer"));
    }
    boolean same = EvaluatorRules.relaxedAccuracy(row.text("answer"), prediction);
    return same ? Ruling.decided(true, prediction) : Ruling.unresolved();
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    Map<String, String> options = options(row);
    Optional<AnswerType> type = row.cell("answer_type").flatMap(AnswerType::fromLabel);
    return options.isEmpty()
        ? Gold.of(type.orElse(AnswerType.MATH), row.text("answer"))
        : Gold.choice(row.text("answer"), options);
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    return row.cell("category").stream().toList();
  }
}
