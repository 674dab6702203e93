package org.sightmill.pipeline.calls;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * How a run calls teachers. Decides nothing about the output.
 *
 * @param callsInFlight calls that one task has open at the same time, at least 1
 * @param rowsBuffered rows that one task holds so that a slow reply does not stop those behind it,
 *     at least {@code callsInFlight}
 * @param mode whether teachers are called at all
 * @param sampleRows rows that a step with prices asks about first, to say what all will cost; 0 =
 *     none
 * @param budgetUsd the hard cap on what a run may spend on all roles together, in US dollars; null
 *     = none
 */
public record CallSettings(
    int callsInFlight, int rowsBuffered, CallMode mode, int sampleRows, Double budgetUsd)
    implements Serializable {
  /** Enough to keep one model server's batch full from two tasks. */
  public static final int DEFAULT_CALLS_IN_FLIGHT = 32;

  /** Rows; 16 for each call in flight lets a call be slower than others by that factor. */
  public static final int DEFAULT_ROWS_BUFFERED = 512;

  /** Rows; gives the mean cost of a call to a tenth where costs vary by a factor of two. */
  public static final int DEFAULT_SAMPLE_ROWS = 50;

  /** The defaults. */
  public static final CallSettings DEFAULT =
      new CallSettings(DEFAULT_CALLS_IN_FLIGHT, DEFAULT_ROWS_BUFFERED);

  /** Checks the bounds. */
  public CallSettings {
    new Checks()
        .atLeast(1, "calls_in_flight", callsInFlight)
        .atLeast(callsInFlight, "rows_buffered", rowsBuffered)
        .atLeast(0, "sample_rows", sampleRows)
        .that(budgetUsd == null || budgetUsd > 0, "budget_usd must be over 0 but was " + budgetUsd)
        .orThrow();
  }

  /** Online, with the usual sample and without a cap. */
  public CallSettings(int callsInFlight, int rowsBuffered) {
    this(callsInFlight, rowsBuffered, CallMode.ONLINE, DEFAULT_SAMPLE_ROWS, null);
  }
}
