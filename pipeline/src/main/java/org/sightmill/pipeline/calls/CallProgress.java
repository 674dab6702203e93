package org.sightmill.pipeline.calls;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.teacher.CallMeter;

/**
 * How far a step that calls has come. Counts attempts of failed tasks too: a view, no account.
 *
 * @param rowsExpected rows that the step will have ended with; 0 where no step calls
 * @param seconds since it began
 * @param sums the numbers of {@link CallMeter} by name
 */
public record CallProgress(long rowsExpected, double seconds, Map<String, Long> sums) {
  private static final double MILLION = 1e6;
  private static final double MILLIS = 1e3;

  /** No step calls. */
  public static final CallProgress NONE = new CallProgress(0, 0, Map.of());

  /** Copies. */
  public CallProgress {
    sums = Map.copyOf(sums);
  }

  private long sum(String name) {
    return sums.getOrDefault(name, 0L);
  }

  private double perSecond(double amount) {
    return seconds > 0 ? amount / seconds : 0;
  }

  /** Whether anything has been asked of a server. */
  public boolean hasCalled() {
    return sum(CallMeter.STARTED) > 0;
  }

  /** Rows that have ended, those from the response log among them. */
  public long rows() {
    return sum(CallMeter.ROWS);
  }

  /** Replies of use, from servers. */
  public double answersPerSecond() {
    return perSecond(sum(CallMeter.ANSWERS));
  }

  /** Tokens in and out, as servers report them. */
  public double tokensPerSecond() {
    return perSecond(sum(CallMeter.INPUT_TOKENS) + sum(CallMeter.OUTPUT_TOKENS));
  }

  /** Calls that servers have now. */
  public long inFlight() {
    return sum(CallMeter.STARTED) - sum(CallMeter.ENDED);
  }

  /** Calls that servers had on average. */
  public double meanInFlight() {
    return perSecond(sum(CallMeter.BUSY_MILLIS) / MILLIS);
  }

  /** US dollars so far, waste included. */
  public double usd() {
    return sum(CallMeter.MICRO_USD) / MILLION;
  }

  /** US dollars when all rows will have ended, if they go on as they did; 0 before the first. */
  public double usdAtTheEnd() {
    return rows() == 0 ? 0 : usd() * Math.max(1, (double) rowsExpected / rows());
  }

  /** Seconds until all rows will have ended, if they go on as they did; 0 before the first. */
  public double secondsLeft() {
    return rows() == 0 ? 0 : Math.max(0, rowsExpected - rows()) * seconds / rows();
  }

  /** Faults by code and host, such as {@code RATE_LIMITED h:8000}. */
  public SortedMap<String, Long> faults() {
    SortedMap<String, Long> faults = new TreeMap<>();
    sums.forEach(
        (name, sum) -> {
          if (name.startsWith(CallMeter.FAULT)) {
            faults.put(name.substring(CallMeter.FAULT.length()), sum);
          }
        });
    return faults;
  }

  /** How fast it went, for a step's report; empty when nothing was asked of a server. */
  SortedMap<String, Double> rates() {
    SortedMap<String, Double> rates = new TreeMap<>();
    if (hasCalled()) {
      rates.put("answers_per_s", answersPerSecond());
      rates.put("tokens_per_s", tokensPerSecond());
      rates.put("in_flight_mean", meanInFlight());
    }
    return rates;
  }

  /** Attempts, replays, and faults by code and host, for a step's report: those there were. */
  SortedMap<String, Double> counts() {
    SortedMap<String, Double> counts = new TreeMap<>();
    if (hasCalled()) {
      counts.put("attempts", (double) sum(CallMeter.STARTED));
    }
    if (sum(CallMeter.REPLAYED) > 0) {
      counts.put(CallMeter.REPLAYED, (double) sum(CallMeter.REPLAYED));
    }
    faults().forEach((fault, times) -> counts.put(CallMeter.FAULT + fault, (double) times));
    return counts;
  }

  /** What came since an earlier look at the same numbers. */
  CallProgress since(CallProgress earlier) {
    Map<String, Long> more = new TreeMap<>();
    sums.forEach((name, sum) -> more.put(name, sum - earlier.sum(name)));
    return new CallProgress(rowsExpected, seconds - earlier.seconds, more);
  }
}
