package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * MathVerse testmini, vision only. The original has a judge extract every answer, so without one
 * nothing is scored by rule: each item is unresolved.
 */
final class MathVerse implements Benchmark {
  @Override
  public String name() {
    return "MathVerse";
  }

  @Override
  public List<String> columns() {
    return List.of("index", "question", "question_for_eval", "answer");
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    return Ruling.unresolved();
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    String answer = row.text("answer").strip();
    return answer.matches("[A-F]")
        ? Gold.of(AnswerType.CHOICE, answer)
        : Gold.of(AnswerType.MATH, answer);
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    Map<String, String> metadata =
        row.cell("metadata").flatMap(PythonLiteral::map).orElse(Map.of());
    List<String> groups = new ArrayList<>();
    row.cell("problem_version").ifPresent(groups::add);
    for (String key : List.of("subject", "subfield")) {
      if (metadata.containsKey(key)) {
        groups.add(metadata.get(key));
      }
    }
    return groups;
  }
}
