package org.sightmill.jobs.spark;

import java.time.Duration;

/**
 * One step's progress as text.
 *
 * @param rowsExpected -1 where not known
 * @param startedNanos of {@link System#nanoTime}
 */
record ProgressLine(String step, long rowsExpected, long startedNanos) {
  private static final int BAR_CHARS = 28;
  private static final double NANOS = 1e9;

  /** {@code distill [=====> ] 42 % 12,345 of 28,018 rows, 1,234 rows/s, 0:13 left}. */
  String bar(long rows, CallNumbers calls, long nowNanos) {
    return rowsExpected <= 0
        ? plain(rows, calls, nowNanos)
        : "%-8s [%s] %3.0f %%  %s"
            .formatted(step, cells(rows), 100 * fraction(rows), counts(rows, calls, nowNanos));
  }

  /** The same without the bar. */
  String plain(long rows, CallNumbers calls, long nowNanos) {
    return "%-8s %s".formatted(step, counts(rows, calls, nowNanos));
  }

  private String counts(long rows, CallNumbers calls, long nowNanos) {
    double seconds = Math.max((nowNanos - startedNanos) / NANOS, 0.001);
    double rate = rows / seconds;
    String total = rowsExpected < 0 ? "" : " of %,d".formatted(rowsExpected);
    String left = rowsExpected < 0 || rows == 0 ? "" : ", " + left((rowsExpected - rows) / rate);
    return "%,d%s rows, %,.0f rows/s%s".formatted(rows, total, rate, left) + calls.shown();
  }

  private static String left(double seconds) {
    Duration duration = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
    return duration.toHours() > 0
        ? "%d:%02d:%02d left"
            .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart())
        : "%d:%02d left".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private double fraction(long rows) {
    return Math.min(1, (double) rows / rowsExpected);
  }

  private String cells(long rows) {
    int full = (int) (BAR_CHARS * fraction(rows));
    String head = full < BAR_CHARS ? ">" : "";
    return "=".repeat(full) + head + " ".repeat(BAR_CHARS - full - head.length());
  }
}
