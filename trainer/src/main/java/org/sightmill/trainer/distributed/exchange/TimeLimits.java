package org.sightmill.trainer.distributed.exchange;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param connect to open a connection and greet
 * @param silence until a member that sends no heartbeat, or stalls within a frame, is given up
 * @param gathering for the rest of the members once one has joined an attempt
 * @param step for a whole attempt
 */
public record TimeLimits(Duration connect, Duration silence, Duration gathering, Duration step)
    implements Serializable {
  /** Seconds for connections; a step may take half an hour. */
  public static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(30));

  /** Heartbeats in the time after which their absence means death. */
  private static final int BEATS_IN_SILENCE = 5;

  /** Rejects limits that are not positive. */
  public TimeLimits {
    positive("connect", connect);
    positive("silence", silence);
    positive("gathering", gathering);
    positive("step", step);
  }

  private static void positive(String name, Duration limit) {
    if (limit.toMillis() < 1) {
      throw new IllegalArgumentException(
          "time limit %s must be at least 1 ms but is %s".formatted(name, limit));
    }
  }

  /** Time between two heartbeats. */
  Duration beat() {
    return silence.dividedBy(BEATS_IN_SILENCE);
  }
}
