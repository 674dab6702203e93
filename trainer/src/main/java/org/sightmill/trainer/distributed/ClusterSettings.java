package org.sightmill.trainer.distributed;

import org.sightmill.trainer.distributed.exchange.TimeLimits;

/**
 * How a run deals with the weather on a cluster.
 *
 * @param limits how long is waited for what
 * @param maxAttempts tries at one step before the run fails
 */
public record ClusterSettings(TimeLimits limits, int maxAttempts) {
  /** Enough for an executor that dies in each of several tries. */
  public static final int DEFAULT_MAX_ATTEMPTS = 10;

  /** Limits of seconds, a step of at most half an hour. */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(TimeLimits.DEFAULT, DEFAULT_MAX_ATTEMPTS);

  /** Rejects fewer than one attempt. */
  public ClusterSettings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("max_attempts must be at least 1 but was " + maxAttempts);
    }
  }
}
