package org.sightmill.pipeline.calls;

import java.util.function.LongSupplier;

/** What a rate lets start: fills with time, holds one second's worth. Not thread-safe. */
final class RateBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final LongSupplier nanoClock;
  private double level;
  private long filledAt;

  /**
   * @param perSecond 0 = no limit
   */
  RateBucket(double perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
    this.filledAt = nanoClock.getAsLong();
    this.level = Math.max(1, perSecond);
  }

  /** As much of {@code wanted} as there is, in whole pieces. */
  long takeUpTo(long wanted) {
    if (perSecond == 0) {
      return wanted;
    }
    fill();
    long taken = Math.max(0, Math.min(wanted, (long) Math.floor(level)));
    level -= taken;
    return taken;
  }

  /**
   * All of {@code wanted}, even beyond what is there, once there is anything: a call that can use
   * more than a second's worth must start at some time. The debt is waited for.
   */
  boolean take(long wanted) {
    if (perSecond == 0) {
      return true;
    }
    fill();
    if (level < Math.min(wanted, perSecond)) {
      return false;
    }
    level -= wanted;
    return true;
  }

  void giveBack(long amount) {
    level = Math.min(level + amount, Math.max(1, perSecond));
  }

  /** Until {@code wanted} can be taken. */
  long waitMillis(long wanted) {
    double missing = Math.min(wanted, Math.max(1, perSecond)) - level;
    return perSecond == 0 || missing <= 0 ? 0 : (long) Math.ceil(1_000 * missing / perSecond);
  }

  private void fill() {
    long now = nanoClock.getAsLong();
    level += (now - filledAt) / NANOS_PER_SECOND * perSecond;
    level = Math.min(level, Math.max(1, perSecond));
    filledAt = now;
  }
}
