package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * How long a call is tried again. Null means the default.
 *
 * @param maxAttempts attempts that a server took and failed; refusals for load and connections that
 *     never stood cost nothing and are not counted; default {@value #DEFAULT_MAX_ATTEMPTS}
 * @param firstBackoffSeconds before the second attempt, doubled for each further one, times a
 *     random factor in [0.5, 1]; default {@value #DEFAULT_FIRST_BACKOFF_SECONDS}
 * @param maxBackoffSeconds most for one wait; default {@value #DEFAULT_MAX_BACKOFF_SECONDS}
 * @param patienceSeconds most for a call with all its waits; default {@value
 *     #DEFAULT_PATIENCE_SECONDS}
 */
public record Retries(
    Integer maxAttempts,
    Double firstBackoffSeconds,
    Double maxBackoffSeconds,
    Double patienceSeconds)
    implements Serializable {
  /** A fault that comes five times in a row is not a passing one. */
  public static final int DEFAULT_MAX_ATTEMPTS = 5;

  /** Shorter than most calls, so that a lone refusal costs little. */
  public static final double DEFAULT_FIRST_BACKOFF_SECONDS = 0.2;

  /** Long enough for any server to recover in a few waits. */
  public static final double DEFAULT_MAX_BACKOFF_SECONDS = 30;

  /** The restart of a model server, with its loading of weights. */
  public static final double DEFAULT_PATIENCE_SECONDS = 900;

  /** The defaults. */
  public static final Retries STANDARD = new Retries(null, null, null, null);

  /** Fills in the defaults and checks the bounds. */
  public Retries {
    maxAttempts = maxAttempts == null ? DEFAULT_MAX_ATTEMPTS : maxAttempts;
    firstBackoffSeconds =
        firstBackoffSeconds == null ? DEFAULT_FIRST_BACKOFF_SECONDS : firstBackoffSeconds;
    maxBackoffSeconds = maxBackoffSeconds == null ? DEFAULT_MAX_BACKOFF_SECONDS : maxBackoffSeconds;
    patienceSeconds = patienceSeconds == null ? DEFAULT_PATIENCE_SECONDS : patienceSeconds;
    new Checks()
        .atLeast(1, "max_attempts", maxAttempts)
        .that(
            firstBackoffSeconds > 0 && firstBackoffSeconds <= maxBackoffSeconds,
            "first_backoff_seconds must be in (0, max_backoff_seconds] but was "
                + firstBackoffSeconds)
        .that(
            patienceSeconds > 0 && Double.isFinite(patienceSeconds),
            "patience_seconds must be above 0 but was " + patienceSeconds)
        .orThrow();
  }
}
