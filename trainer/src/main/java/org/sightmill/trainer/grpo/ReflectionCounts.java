package org.sightmill.trainer.grpo;

import java.util.List;
import java.util.Locale;
import org.sightmill.trainer.update.MetricSums;

/** How often completions use the self-reflection expressions that the paper's heat map counts. */
final class ReflectionCounts {
  private static final List<String> EXPRESSIONS =
      List.of("alternatively", "double-check", "i should check", "wait");

  private ReflectionCounts() {}

  /** Adds a completion's to {@code reflection/<expression>}. */
  static void count(String text, MetricSums metrics) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String expression : EXPRESSIONS) {
      metrics.sum("reflection/" + expression.replace(' ', '_'), occurrences(lower, expression));
    }
  }

  private static int occurrences(String text, String expression) {
    int count = 0;
    for (int at = text.indexOf(expression); at >= 0; at = text.indexOf(expression, at + 1)) {
      count++;
    }
    return count;
  }
}
