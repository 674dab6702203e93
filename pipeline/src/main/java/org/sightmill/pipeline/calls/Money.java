package org.sightmill.pipeline.calls;

/** US dollars as whole billionths: sums are exact, and a cap is a cap. */
final class Money {
  /** No cap; small enough that sums do not overflow. */
  static final long UNCAPPED = Long.MAX_VALUE / 4;

  private static final double NANOS = 1e9;

  private Money() {}

  /** Rounded up: what is counted is never less than what is spent. */
  static long nanosUp(double usd) {
    return (long) Math.min(Math.ceil(usd * NANOS - 1e-3), UNCAPPED);
  }

  /** Rounded down, for caps; null is no cap. */
  static long cap(Double usd) {
    return usd == null ? UNCAPPED : (long) Math.floor(usd * NANOS + 1e-3);
  }

  static double usd(long nanos) {
    return nanos / NANOS;
  }
}
