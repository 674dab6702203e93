package org.sightmill.pipeline.calls;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;
import org.sightmill.pipeline.teacher.CallMeter;

/**
 * The numbers of a calling stage as a Spark accumulator: heartbeats bring them to the driver while
 * tasks run, and Spark's UI shows them for each task. They count attempts, those of failed and
 * repeated tasks among them, and so are no account: that is what provenance is for.
 */
public final class CallTally extends AccumulatorV2<Map<String, Long>, Map<String, Long>>
    implements CallMeter {
  /** The accumulator's name, under which listeners find it. */
  public static final String NAME = "sightmill.calls";

  private static final long serialVersionUID = 1L;

  private static final double NANOS = 1e9;

  private final ConcurrentHashMap<String, LongAdder> numbers = new ConcurrentHashMap<>();

  /** A tally that the session's executors know. */
  static CallTally of(SparkSession spark) {
    CallTally tally = new CallTally();
    spark.sparkContext().register(tally, NAME);
    return tally;
  }

  @Override
  public void add(String name, long amount) {
    numbers.computeIfAbsent(name, key -> new LongAdder()).add(amount);
  }

  @Override
  public void add(Map<String, Long> amounts) {
    amounts.forEach(this::add);
  }

  @Override
  public boolean isZero() {
    return numbers.isEmpty();
  }

  @Override
  public AccumulatorV2<Map<String, Long>, Map<String, Long>> copy() {
    CallTally copy = new CallTally();
    copy.add(value());
    return copy;
  }

  @Override
  public void reset() {
    numbers.clear();
  }

  @Override
  public void merge(AccumulatorV2<Map<String, Long>, Map<String, Long>> other) {
    add(other.value());
  }

  /** What tasks that are done have counted until now. */
  CallProgress progress() {
    return new CallProgress(0, System.nanoTime() / NANOS, value());
  }

  /** The sums by name, in the order of names. */
  @Override
  public Map<String, Long> value() {
    Map<String, Long> sums = new TreeMap<>();
    numbers.forEach((name, sum) -> sums.put(name, sum.sum()));
    return sums;
  }
}
