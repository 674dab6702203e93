package org.sightmill.pipeline.teacher.openai;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.CallMeter;

/**
 * The endpoints of one role on one executor, shared by its tasks: what one of them learns about a
 * server, all know. Attempts wait here until an endpoint has room.
 */
final class EndpointPool {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final List<Endpoint> endpoints;
  private final HttpTransport transport;
  private final CallTimer timer;

  /** Guarded by this, like the endpoints. */
  private final Deque<Attempt> waiting = new ArrayDeque<>();

  private boolean wakeIsPlanned;

  EndpointPool(List<Endpoint> endpoints, HttpTransport transport, CallTimer timer) {
    this.endpoints = List.copyOf(endpoints);
    this.transport = transport;
    this.timer = timer;
  }

  /** An endpoint that an attempt has been given, with the mark of its start. */
  private record Turn(Attempt attempt, Endpoint endpoint, long mark, long startedNanos) {}

  /** Sends an attempt as soon as there is room; one that was tried before comes first. */
  void submit(Attempt attempt) {
    synchronized (this) {
      if (attempt.avoid() == null) {
        waiting.addLast(attempt);
      } else {
        waiting.addFirst(attempt);
      }
    }
    dispatch();
  }

  private void dispatch() {
    Turn turn = nextTurn();
    while (turn != null) {
      send(turn);
      turn = nextTurn();
    }
  }

  private synchronized Turn nextTurn() {
    Attempt attempt = waiting.peek();
    if (attempt == null) {
      return null;
    }
    long now = System.nanoTime();
    Endpoint endpoint = choose(attempt, now);
    if (endpoint == null) {
      endpoints.forEach(Endpoint::wanted);
      planWake(now);
      return null;
    }
    waiting.remove();
    return new Turn(attempt, endpoint, endpoint.start(), now);
  }

  private Endpoint choose(Attempt attempt, long now) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.hasRoom(now))
        .min(
            Comparator.comparing((Endpoint endpoint) -> endpoint == attempt.avoid())
                .thenComparingDouble(Endpoint::load))
        .orElse(null);
  }

  /** Endpoints that are closed for a time open without an event. */
  private void planWake(long now) {
    long soonest =
        endpoints.stream()
            .mapToLong(endpoint -> endpoint.closedForNanos(now))
            .filter(nanos -> nanos > 0)
            .min()
            .orElse(0);
    if (soonest > 0 && !wakeIsPlanned) {
      wakeIsPlanned = true;
      timer.after(Duration.ofNanos(soonest), this::wake);
    }
  }

  private void wake() {
    synchronized (this) {
      wakeIsPlanned = false;
    }
    dispatch();
  }

  private void send(Turn turn) {
    Attempt attempt = turn.attempt();
    attempt.meter().add(CallMeter.STARTED, 1);
    CompletionStage<HttpAnswer> answer =
        transport.post(
            attempt.form().uri(turn.endpoint().url()), attempt.body(), turn.endpoint().keyOrNull());
    answer
        .thenApply(came -> read(attempt.form(), came))
        .whenComplete((reply, error) -> ended(turn, reply, error));
  }

  private static ModelReply read(RequestForm form, HttpAnswer answer) {
    try {
      if (!HttpFaults.isOk(answer)) {
        throw HttpFaults.of(answer);
      }
      return form.read(answer.body());
    } catch (CallFailure e) {
      throw new CompletionException(e);
    }
  }

  private void ended(Turn turn, ModelReply reply, Throwable error) {
    long millis = (System.nanoTime() - turn.startedNanos()) / NANOS_PER_MILLI;
    turn.attempt().meter().add(CallMeter.ENDED, 1);
    turn.attempt().meter().add(CallMeter.BUSY_MILLIS, millis);
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause != null && !(cause instanceof CallFailure)) {
      finish(turn, null);
      turn.attempt().done().completeExceptionally(cause);
    } else {
      ended(turn, reply, (CallFailure) cause, millis);
    }
    dispatch();
  }

  private void ended(Turn turn, ModelReply reply, CallFailure raw, long millis) {
    Endpoint endpoint = turn.endpoint();
    CallFailure failure = raw == null ? null : raw.without(endpoint.keyOrNull());
    finish(turn, failure);
    if (failure != null) {
      turn.attempt().meter().add(CallMeter.FAULT + failure.fault() + " " + endpoint.host(), 1);
    }
    turn.attempt().done().complete(new Attempt.Outcome(endpoint, reply, failure, millis));
  }

  private synchronized void finish(Turn turn, CallFailure failure) {
    if (failure == null || failure.fault().kind() == CallFault.Kind.FINAL) {
      turn.endpoint().served();
    } else {
      turn.endpoint().failed(failure, turn.mark(), System.nanoTime());
    }
  }

  /** Why no endpoint can serve anything, or null while one may. */
  synchronized String unusableWhy() {
    boolean all = endpoints.stream().allMatch(endpoint -> endpoint.brokenBy().isPresent());
    return all ? reasons() : null;
  }

  private String reasons() {
    return endpoints.stream()
        .map(endpoint -> endpoint.url() + ": " + endpoint.brokenBy().orElseThrow().getMessage())
        .collect(Collectors.joining("; "));
  }

  /** Drops an attempt; false when it has been sent. */
  synchronized boolean forget(Attempt attempt) {
    return waiting.remove(attempt);
  }
}
