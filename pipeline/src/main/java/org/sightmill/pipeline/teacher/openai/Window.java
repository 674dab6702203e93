package org.sightmill.pipeline.teacher.openai;

/**
 * How many calls an endpoint is given at once: additive increase, multiplicative decrease, judged
 * once for each window of calls. It doubles until the server refuses for the first time. Refusals
 * of up to a tenth of the calls, and what chance may add to a tenth, are left alone: they cost less
 * than a smaller window would. Not thread-safe.
 */
final class Window {
  /** Calls that every server takes at once. */
  static final int START = 16;

  /** A bound for a server that never refuses. */
  static final int MAX = 4096;

  private static final double TOLERATED = 0.1;

  /**
   * Standard deviations (of a Poisson count) above the tolerated number: a window that is judged
   * after each call would else be cut by chance, of 64 calls with 5 % refused once in 20 windows.
   */
  private static final double CHANCE = 2;

  private static final double SHARPEST_CUT = 0.5;
  private static final int STEP = 4;

  private double size = START;
  private boolean doubling = true;
  private boolean wasFull;
  private long epoch;
  private long epochOfLastCut = -1;
  private int ended;
  private int refused;

  int size() {
    return (int) size;
  }

  /** A mark for a call that starts now, to be given back with its end. */
  long mark() {
    return epoch;
  }

  /** More calls wait than there is room for: only then is there a reason to grow. */
  void full() {
    wasFull = true;
  }

  /** A call that the server has taken has ended. */
  void served() {
    ended++;
    judge();
  }

  /**
   * A call was refused for load. Returns true when the window was cut for it; a refusal of a call
   * from before the last cut says nothing new.
   */
  boolean refused(long mark) {
    if (mark <= epochOfLastCut) {
      return false;
    }
    ended++;
    refused++;
    return judge();
  }

  /** Starts small again, after the server was away. */
  void restart() {
    size = Math.min(size, START);
    doubling = true;
    begin();
  }

  private boolean judge() {
    if (refused > 1 && refused > tolerated()) {
      size = Math.max(1, size * Math.max(SHARPEST_CUT, 1 - (double) refused / ended));
      doubling = false;
      epochOfLastCut = epoch;
      begin();
      return true;
    }
    if (ended >= size) {
      grow();
      begin();
    }
    return false;
  }

  private double tolerated() {
    double expected = TOLERATED * size;
    return expected + CHANCE * Math.sqrt(expected);
  }

  private void grow() {
    if (wasFull) {
      size = Math.min(MAX, doubling ? size * 2 : size + STEP);
    }
  }

  private void begin() {
    epoch++;
    ended = 0;
    refused = 0;
    wasFull = false;
  }
}
