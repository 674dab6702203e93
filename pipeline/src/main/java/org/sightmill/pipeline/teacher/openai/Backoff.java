package org.sightmill.pipeline.teacher.openai;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.sightmill.pipeline.teacher.Retries;

/** Waits that double, with a random factor in [0.5, 1] so that callers don't come back together. */
record Backoff(Retries retries) {
  private static final int MAX_DOUBLINGS = 30;
  private static final double MILLIS = 1_000;

  /** The wait before the attempt after {@code failures} failures, at least {@code asked}. */
  Duration after(int failures, Duration asked) {
    double doubled =
        retries.firstBackoffSeconds() * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
    double capped = Math.min(doubled, retries.maxBackoffSeconds());
    double jittered = capped * ThreadLocalRandom.current().nextDouble(0.5, 1);
    // Those who were told the same moment spread behind it.
    return asked.plusMillis(Math.round((asked.isZero() ? jittered : jittered / 2) * MILLIS));
  }
}
