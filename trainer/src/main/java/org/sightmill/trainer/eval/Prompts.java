package org.sightmill.trainer.eval;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Options as text. */
final class Prompts {
  private Prompts() {}

  static String lettered(List<String> options) {
    return lettered(BenchmarkRow.byLetter(options));
  }

  /** One option a line, as {@code A. text}. */
  static String lettered(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + ". " + option.getValue())
        .collect(Collectors.joining("\n"));
  }
}
