package org.sightmill.trainer.eval;

import java.util.List;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * LogicVista. The original has a judge name the chosen letters, and has no rule: without a judge
 * each item is unresolved.
 */
final class LogicVista implements Benchmark {
  private static final List<String> SKILLS =
      List.of("inductive", "deductive", "numerical", "spatial", "mechanical");

  @Override
  public String name() {
    return "LogicVista";
  }

  @Override
  public List<String> columns() {
    return List.of("index", "question", "answer", "skill");
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    return Ruling.unresolved();
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    return Gold.of(AnswerType.CHOICE, row.text("answer"));
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    return SKILLS.stream().filter(row.text("skill")::contains).toList();
  }
}
