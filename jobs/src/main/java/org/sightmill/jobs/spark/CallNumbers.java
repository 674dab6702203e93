package org.sightmill.jobs.spark;

import java.util.Locale;
import java.util.Map;
import org.sightmill.pipeline.teacher.CallMeter;

/** What a calling step's tally says, as text for people. */
record CallNumbers(Map<String, Long> sums) {
  private static final double MILLION = 1e6;

  /** Copies. */
  CallNumbers {
    sums = Map.copyOf(sums);
  }

  private long sum(String name) {
    return sums.getOrDefault(name, 0L);
  }

  /**
   * {@code ; 4.2 answers/s, 64 in flight, 1,234 tokens/s, $0.42 of about $1.10, 3 faults (3
   * RATE_LIMITED h:8000)}; empty when nothing was called.
   *
   * @param part of the rows that are done, in [0, 1]; 0 where not known
   */
  String shown(double seconds, double part) {
    if (sum(CallMeter.STARTED) == 0) {
      return "";
    }
    long tokens = sum(CallMeter.INPUT_TOKENS) + sum(CallMeter.OUTPUT_TOKENS);
    return String.format(
            Locale.ROOT,
            "; %,.1f answers/s, %,d in flight, %,.0f tokens/s",
            sum(CallMeter.ANSWERS) / seconds,
            sum(CallMeter.STARTED) - sum(CallMeter.ENDED),
            tokens / seconds)
        + cost(part)
        + faults();
  }

  private String cost(double part) {
    double usd = sum(CallMeter.MICRO_USD) / MILLION;
    if (usd == 0) {
      return "";
    }
    String atTheEnd = part > 0 ? String.format(Locale.ROOT, " of about $%,.2f", usd / part) : "";
    return String.format(Locale.ROOT, ", $%,.2f", usd) + atTheEnd;
  }

  private String faults() {
    StringBuilder shown = new StringBuilder();
    sums.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(CallMeter.FAULT))
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            entry ->
                shown
                    .append(shown.isEmpty() ? ", faults: " : ", ")
                    .append(entry.getValue())
                    .append(' ')
                    .append(entry.getKey().substring(CallMeter.FAULT.length())));
    return shown.toString();
  }
}
