package org.sightmill.pipeline.calls;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * How hard a step calls. Decides nothing about the output.
 *
 * @param callsInFlight calls that one task has open at the same time, at least 1
 * @param rowsBuffered rows that one task holds so that a slow reply does not stop those behind it,
 *     at least {@code callsInFlight}
 */
public record CallSettings(int callsInFlight, int rowsBuffered) implements Serializable {
  /** Enough to keep one model server's batch full from two tasks. */
  public static final int DEFAULT_CALLS_IN_FLIGHT = 32;

  /** Rows; 16 for each call in flight lets a call be slower than others by that factor. */
  public static final int DEFAULT_ROWS_BUFFERED = 512;

  /** The defaults. */
  public static final CallSettings DEFAULT =
      new CallSettings(DEFAULT_CALLS_IN_FLIGHT, DEFAULT_ROWS_BUFFERED);

  /** Checks the bounds. */
  public CallSettings {
    new Checks()
        .atLeast(1, "calls_in_flight", callsInFlight)
        .atLeast(callsInFlight, "rows_buffered", rowsBuffered)
        .orThrow();
  }
}
