package org.sightmill.trainer.metric;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line about where a run stands, overwritten in place. Meant for a terminal; a log gets every
 * line.
 */
final class ProgressLine {
  private static final List<String> SHOWN =
      List.of("reward", "kl", "loss", "eval_loss", "eval_reward", "frac_reward_zero_std");

  private final PrintWriter out;
  private final long totalSteps;
  private final long firstStep;
  private final long startNanos = System.nanoTime();
  private final boolean live = System.console() != null;

  ProgressLine(PrintWriter out, long firstStep, long totalSteps) {
    this.out = out;
    this.firstStep = firstStep;
    this.totalSteps = totalSteps;
  }

  void show(long step, Map<String, Double> values) {
    out.print((live ? "\r" : "") + text(step, values) + (live ? "\033[K" : "\n"));
    out.flush();
  }

  String text(long step, Map<String, Double> values) {
    StringBuilder text = new StringBuilder("step %d/%d".formatted(step, totalSteps));
    for (String name : SHOWN) {
      if (values.containsKey(name)) {
        text.append("  ").append(name).append(' ').append(number(values.get(name)));
      }
    }
    double seconds = values.getOrDefault("step_time", 0.0);
    if (seconds > 0 && values.containsKey("tokens_per_second")) {
      text.append("  %.0f tokens/s".formatted(values.get("tokens_per_second")));
    }
    return text.append("  ").append(left(step)).append(" left").toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private String left(long step) {
    double perStep = (System.nanoTime() - startNanos) / 1e9 / Math.max(1, step - firstStep);
    Duration left = Duration.ofSeconds((long) (perStep * (totalSteps - step)));
    return left.toHours() > 0
        ? "%dh%02dm".formatted(left.toHours(), left.toMinutesPart())
        : "%dm%02ds".formatted(left.toMinutes(), left.toSecondsPart());
  }

  void close() {
    if (live) {
      out.println();
      out.flush();
    }
  }
}
