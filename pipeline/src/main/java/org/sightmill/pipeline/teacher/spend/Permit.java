package org.sightmill.pipeline.teacher.spend;

/** What came of asking whether a call may start. */
public sealed interface Permit {

  /**
   * The call may start now, once. Exactly one of the methods is called when it has ended; later
   * calls do nothing. A permit that is never settled counts in full.
   */
  non-sealed interface Granted extends Permit {
    /**
     * The call ended and its provider said what it used. More than was reserved is counted too.
     *
     * @param tokens in and out together
     * @param usd what it cost; 0 when no call was made after all
     */
    void settle(long tokens, double usd);

    /**
     * Nobody knows what the call used: it timed out, or its connection broke. The whole reservation
     * counts as spent.
     */
    void settleInFull();
  }

  /** The call must not start. */
  record Refused(Refusal refusal, String why) implements Permit {}
}
