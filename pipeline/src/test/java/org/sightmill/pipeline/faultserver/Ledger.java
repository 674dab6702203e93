package org.sightmill.pipeline.faultserver;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the server has seen: its own account, to hold against the client's. */
public final class Ledger {
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong charged = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong mostInFlight = new AtomicLong();
  private final Map<Integer, AtomicLong> byBody = new ConcurrentHashMap<>();
  private volatile boolean keepsBodies = true;

  void arrived(Call call) {
    calls.incrementAndGet();
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    if (keepsBodies) {
      byBody
          .computeIfAbsent(java.util.Arrays.hashCode(call.body()), hash -> new AtomicLong())
          .incrementAndGet();
    }
  }

  void left(Action action) {
    inFlight.decrementAndGet();
    if (action.charged()) {
      charged.incrementAndGet();
    }
  }

  /** Stops keeping account of bodies: for millions of calls. */
  public void forgetBodies() {
    keepsBodies = false;
    byBody.clear();
  }

  /** Requests that arrived. */
  public long calls() {
    return calls.get();
  }

  /** Whole answers of status 200 that were handed to the network. */
  public long charged() {
    return charged.get();
  }

  /** Most requests that were open at the same time. */
  public long mostInFlight() {
    return mostInFlight.get();
  }

  /** Requests beyond the first with the same body. */
  public long repeated() {
    return byBody.values().stream().mapToLong(times -> times.get() - 1).sum();
  }
}
