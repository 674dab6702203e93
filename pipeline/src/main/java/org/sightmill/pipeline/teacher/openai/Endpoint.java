package org.sightmill.pipeline.teacher.openai;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.EndpointConfig;

/**
 * What an executor has found out about one endpoint. Its share follows its weight, the part of its
 * calls that went well lately, and how many it has open. After {@value #FAILURES_TO_REST} failures
 * in a row it rests, then one call at a time tries it again. Guarded by the pool's lock.
 */
final class Endpoint {
  /** A lone failure is chance; so many without a success between them are not. */
  static final int FAILURES_TO_REST = 5;

  private static final double MEMORY = 0.05;
  private static final double LEAST_SHARE = 0.05;
  private static final long FIRST_REST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_REST_NANOS = Duration.ofSeconds(30).toNanos();

  private final EndpointConfig config;
  private final String key;
  private final String host;
  private final Window window = new Window();
  private double success = 1;
  private int inFlight;
  private int failuresInARow;
  private boolean resting;
  private boolean trying;
  private long restNanos = FIRST_REST_NANOS;
  private long closedUntilNanos;
  private boolean closed;
  private CallFailure brokenBy;

  Endpoint(EndpointConfig config, String key) {
    this.config = config;
    this.key = key;
    this.host = URI.create(config.url()).getAuthority();
  }

  String url() {
    return config.url();
  }

  String host() {
    return host;
  }

  /** The bearer token, or null. */
  String keyOrNull() {
    return key;
  }

  /** Why nothing can be served here, until a trial says otherwise. */
  Optional<CallFailure> brokenBy() {
    return Optional.ofNullable(brokenBy);
  }

  /** Whether a call may start now. */
  boolean hasRoom(long nowNanos) {
    if (isClosed(nowNanos)) {
      return false;
    }
    return resting ? !trying : inFlight < limit();
  }

  private int limit() {
    return config.maxInFlight() == null
        ? window.size()
        : Math.min(window.size(), config.maxInFlight());
  }

  private boolean isClosed(long nowNanos) {
    closed = closed && closedUntilNanos - nowNanos > 0;
    return closed;
  }

  /** How long nothing may start here; 0 when that does not depend on time. */
  long closedForNanos(long nowNanos) {
    return isClosed(nowNanos) ? closedUntilNanos - nowNanos : 0;
  }

  /** The less, the sooner this endpoint is to be called. */
  double load() {
    return (inFlight + 1) / (config.weight() * Math.max(LEAST_SHARE, success));
  }

  /** Calls wait since every window is full. */
  void wanted() {
    if (!resting) {
      window.full();
    }
  }

  /** Takes a call; the mark comes back with its end. */
  long start() {
    inFlight++;
    trying = resting;
    return window.mark();
  }

  /** A call has been answered, be it with a final failure: the server works. */
  void served() {
    inFlight--;
    success += MEMORY * (1 - success);
    failuresInARow = 0;
    if (resting) {
      wake();
    }
    window.served();
  }

  private void wake() {
    resting = false;
    trying = false;
    closed = false;
    brokenBy = null;
    restNanos = FIRST_REST_NANOS;
    window.restart();
  }

  /** A call has failed. */
  void failed(CallFailure failure, long mark, long nowNanos) {
    inFlight--;
    if (failure.fault() == CallFault.RATE_LIMITED || failure.fault() == CallFault.OVERLOADED) {
      refused(failure, mark, nowNanos);
      return;
    }
    success -= MEMORY * success;
    failuresInARow++;
    boolean broken = failure.fault().kind() == CallFault.Kind.ENDPOINT;
    if (broken) {
      brokenBy = failure;
    }
    if (broken || (resting && trying) || failuresInARow >= FAILURES_TO_REST) {
      rest(nowNanos);
    }
  }

  private void refused(CallFailure failure, long mark, long nowNanos) {
    if (resting) {
      // It speaks again, if only to say no.
      wake();
    }
    boolean cut = window.refused(mark);
    Optional<Duration> until = failure.retryAfter();
    if (cut && until.isPresent()) {
      close(nowNanos, until.get().toNanos());
    }
  }

  private void rest(long nowNanos) {
    if (resting && !trying) {
      return; // a call from before the rest began
    }
    resting = true;
    trying = false;
    close(nowNanos, brokenBy == null ? restNanos : LONGEST_REST_NANOS);
    restNanos = Math.min(2 * restNanos, LONGEST_REST_NANOS);
  }

  private void close(long nowNanos, long nanos) {
    long until = nowNanos + nanos;
    if (!isClosed(nowNanos) || until - closedUntilNanos > 0) {
      closedUntilNanos = until;
    }
    closed = true;
  }
}
