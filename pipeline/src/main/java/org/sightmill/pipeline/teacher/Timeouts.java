package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * How long a call may take, in seconds. Null means the default.
 *
 * @param connectSeconds until the connection stands; default {@value #DEFAULT_CONNECT_SECONDS}
 * @param requestSeconds from sending to the last byte; default {@value #DEFAULT_REQUEST_SECONDS}
 * @param idleSeconds between two parts of a body that has begun; default {@value
 *     #DEFAULT_IDLE_SECONDS}
 */
public record Timeouts(Double connectSeconds, Double requestSeconds, Double idleSeconds)
    implements Serializable {
  /** A server that is there accepts within a round trip. */
  public static final double DEFAULT_CONNECT_SECONDS = 10;

  /** A long reasoning on a busy server takes minutes. */
  public static final double DEFAULT_REQUEST_SECONDS = 600;

  /** A body is sent at once when it is complete. */
  public static final double DEFAULT_IDLE_SECONDS = 60;

  private static final double MAX_SECONDS = 86_400;

  /** The defaults. */
  public static final Timeouts STANDARD = new Timeouts(null, null, null);

  /** Fills in the defaults and checks the bounds. */
  public Timeouts {
    connectSeconds = connectSeconds == null ? DEFAULT_CONNECT_SECONDS : connectSeconds;
    requestSeconds = requestSeconds == null ? DEFAULT_REQUEST_SECONDS : requestSeconds;
    idleSeconds = idleSeconds == null ? DEFAULT_IDLE_SECONDS : idleSeconds;
    Checks checks = new Checks();
    check(checks, "connect_seconds", connectSeconds);
    check(checks, "request_seconds", requestSeconds);
    check(checks, "idle_seconds", idleSeconds);
    checks.orThrow();
  }

  private static void check(Checks checks, String key, double seconds) {
    checks.that(
        seconds > 0 && seconds <= MAX_SECONDS,
        "%s must be in (0, 86400] but was %s".formatted(key, seconds));
  }
}
