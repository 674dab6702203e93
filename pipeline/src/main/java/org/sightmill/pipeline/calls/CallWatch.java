package org.sightmill.pipeline.calls;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gathers on the driver what the tasks of the calling step have counted: of tasks that run from
 * heartbeats, of tasks that are done from their end. The same numbers are Spark metrics.
 * Thread-safe.
 */
final class CallWatch extends SparkListener {
  private static final double NANOS = 1e9;

  private final Map<Long, Map<String, Long>> byTask = new HashMap<>();
  private MetricRegistry metrics;
  private long tally = -1;
  private long rowsExpected;
  private long startedNanos;

  /** A step begins to call about so many rows, counting in this tally. */
  synchronized void begin(CallTally tally, long rowsExpected) {
    byTask.clear();
    this.tally = tally.id();
    this.rowsExpected = rowsExpected;
    this.startedNanos = System.nanoTime();
  }

  /** No step calls any more. */
  synchronized void end() {
    tally = -1;
  }

  synchronized CallProgress progress() {
    if (tally < 0) {
      return CallProgress.NONE;
    }
    Map<String, Long> sums = new HashMap<>();
    byTask
        .values()
        .forEach(numbers -> numbers.forEach((name, sum) -> sums.merge(name, sum, Long::sum)));
    return new CallProgress(rowsExpected, (System.nanoTime() - startedNanos) / NANOS, sums);
  }

  synchronized void registerMetrics(MetricRegistry registry) {
    metrics = registry;
    register("rows", CallProgress::rows);
    register("answers_per_s", CallProgress::answersPerSecond);
    register("tokens_per_s", CallProgress::tokensPerSecond);
    register("in_flight", CallProgress::inFlight);
    register("usd", CallProgress::usd);
    register("usd_at_the_end", CallProgress::usdAtTheEnd);
    register("seconds_left", CallProgress::secondsLeft);
  }

  private void register(String name, ToDoubleFunction<CallProgress> number) {
    Gauge<Double> gauge = () -> number.applyAsDouble(progress());
    // Spark's registry follows this one: what is added later is there as well.
    metrics.gauge("calls." + name, () -> gauge);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    CollectionConverters.asJava(end.taskInfo().accumulables())
        .forEach(info -> counted(end.taskInfo().taskId(), info));
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task ->
                CollectionConverters.asJava(task._4())
                    .forEach(info -> counted((Long) task._1(), info)));
  }

  private void counted(long task, AccumulableInfo info) {
    if (info.id() == tally
        && info.update().isDefined()
        && info.update().get() instanceof Map<?, ?> numbers) {
      Map<String, Long> sums = new HashMap<>();
      numbers.forEach((name, sum) -> sums.put((String) name, (Long) sum));
      byTask.put(task, sums);
      registerFaults(new CallProgress(0, 0, sums));
    }
  }

  /** A fault is a metric from its first time on; 0 while no step meets it. */
  private void registerFaults(CallProgress seen) {
    if (metrics != null) {
      seen.faults()
          .keySet()
          .forEach(
              fault ->
                  register(
                      "fault." + fault.replace(' ', '.'),
                      progress -> progress.faults().getOrDefault(fault, 0L)));
    }
  }
}
