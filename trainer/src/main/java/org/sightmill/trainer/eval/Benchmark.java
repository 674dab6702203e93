package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A benchmark: how its rows become prompts, how its own rules score an answer, and how it adds up.
 * The extension point for own benchmarks: an implementation named in {@code
 * META-INF/services/org.sightmill.trainer.eval.Benchmark} of a jar on driver and executors is found
 * by its name. Stateless.
 */
public interface Benchmark {
  /** The name in commands and tables. */
  String name();

  /** Columns that a file must have. */
  default List<String> columns() {
    return List.of("index", "question", "answer");
  }

  /** What the model is asked, pictures aside. */
  default String prompt(BenchmarkRow row) {
    return row.text("question");
  }

  /** The benchmark's own rule, faults included. Never fails for what a model wrote. */
  Ruling rule(BenchmarkRow row, String prediction);

  /** The right answer for the project's verifier. */
  Gold gold(BenchmarkRow row);

  /** The part of a prediction that the project's verifier looks at; by default the whole. */
  default String answer(String prediction) {
    return prediction;
  }

  /** The names of the lines, beside the whole, that this row counts in. */
  default List<String> groups(BenchmarkRow row) {
    return List.of();
  }

  /** What the headline number is the mean of; by default each item on its own. */
  default List<Unit> units(List<Scored> items) {
    return items.stream().map(item -> new Unit(item.row().index(), item.value())).toList();
  }

  /** The benchmark's own table; by default the whole, then each of {@link #groups}. */
  default List<Line> lines(List<Scored> items) {
    Map<String, List<Scored>> groups = new LinkedHashMap<>();
    groups.put("Overall", items);
    for (Scored item : items) {
      groups(item.row())
          .forEach(group -> groups.computeIfAbsent(group, g -> new ArrayList<>()).add(item));
    }
    return groups.entrySet().stream()
        .map(group -> Lines.mean(group.getKey(), group.getValue()))
        .toList();
  }
}
