package org.sightmill.trainer.reward;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each outcome came up, by stable name: {@code verdict_equal} and so on, {@code
 * no_answer}, {@code score_not_finite}, {@code scorer_failed}, {@code function_failed}.
 * Thread-safe.
 */
public final class RewardCounts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String name) {
    counts.computeIfAbsent(name, key -> new LongAdder()).increment();
  }

  /** The counts so far, sorted by name. */
  public Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach((name, count) -> snapshot.put(name, count.sum()));
    return snapshot;
  }
}
