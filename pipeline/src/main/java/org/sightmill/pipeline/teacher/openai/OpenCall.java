package org.sightmill.pipeline.teacher.openai;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.Timeouts;

/** A request on the wire, as its clocks see it. */
final class OpenCall {
  private static final double NANOS = 1e9;
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final Timeouts timeouts;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
  private volatile long lastPartNanos = NOT_BEGUN;
  private volatile Future<?> exchange;

  OpenCall(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  void attach(Future<?> exchange) {
    this.exchange = exchange;
  }

  CompletableFuture<HttpAnswer> answer() {
    return answer;
  }

  /** A part of the reply has come: its head, or some of its body. */
  void partCame() {
    lastPartNanos = System.nanoTime();
  }

  boolean hasBegun() {
    return lastPartNanos != NOT_BEGUN;
  }

  /** Ends the call if it has taken too long. */
  void check(long nowNanos) {
    if (nowNanos - startedNanos > timeouts.requestSeconds() * NANOS) {
      end(CallFault.TIMED_OUT, "no whole reply in %s s".formatted(timeouts.requestSeconds()));
    } else if (hasBegun() && nowNanos - lastPartNanos > timeouts.idleSeconds() * NANOS) {
      end(CallFault.BODY_STALLED, "nothing came for %s s".formatted(timeouts.idleSeconds()));
    }
  }

  private void end(CallFault fault, String detail) {
    answer.completeExceptionally(CallFailure.of(fault, detail));
    exchange.cancel(true);
  }
}
