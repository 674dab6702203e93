package org.sightmill.trainer.grpo;

import java.util.Map;
import java.util.TreeMap;

/** Seconds of the parts of a step. */
final class Stopwatch {
  private final Map<String, Double> laps = new TreeMap<>();
  private final long start = System.nanoTime();
  private long last = start;

  /** Ends a part: {@code timing_s/<part>}. */
  void lap(String part) {
    long now = System.nanoTime();
    laps.put("timing_s/" + part, (now - last) / 1e9);
    last = now;
  }

  /** All parts, their sum and the rate of sampled tokens. */
  Map<String, Double> metrics(long tokens) {
    double seconds = (last - start) / 1e9;
    laps.put("step_time", seconds);
    laps.put("tokens_per_second", tokens / seconds);
    return laps;
  }
}
