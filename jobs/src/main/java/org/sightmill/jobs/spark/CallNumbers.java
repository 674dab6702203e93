package org.sightmill.jobs.spark;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sightmill.pipeline.calls.CallProgress;

/** How far a calling step has come, as text for people. */
record CallNumbers(CallProgress progress) {

  /**
   * {@code ; 4.2 answers/s, 64 in flight, 1,234 tokens/s, $0.42 of about $1.10, faults: 3
   * RATE_LIMITED h:8000}; empty when nothing was called.
   */
  String shown() {
    return progress.hasCalled() ? rates() + cost() + faults() : "";
  }

  private String rates() {
    return String.format(
        Locale.ROOT,
        "; %,.1f answers/s, %,d in flight, %,.0f tokens/s",
        progress.answersPerSecond(),
        progress.inFlight(),
        progress.tokensPerSecond());
  }

  private String cost() {
    if (progress.usd() == 0) {
      return "";
    }
    double end = progress.usdAtTheEnd();
    String atTheEnd = end > 0 ? String.format(Locale.ROOT, " of about $%,.2f", end) : "";
    return String.format(Locale.ROOT, ", $%,.2f", progress.usd()) + atTheEnd;
  }

  private String faults() {
    String listed =
        progress.faults().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(fault -> fault.getValue() + " " + fault.getKey())
            .collect(Collectors.joining(", "));
    return listed.isEmpty() ? "" : ", faults: " + listed;
  }
}
