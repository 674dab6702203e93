package org.sightmill.jobs.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sightmill.pipeline.calls.CallTally;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the rows that the running step has written: of tasks that are done from their metrics, of
 * tasks that run from heartbeats. A step writes several times; its longest write is its progress.
 */
final class RowMeter extends SparkListener {
  private static final String RECORDS_WRITTEN = "internal.metrics.output.recordsWritten";

  private final Map<Integer, Long> doneByStage = new HashMap<>();
  private final Map<Long, Long> runningByTask = new HashMap<>();
  private final Map<Long, Integer> stageOfTask = new HashMap<>();
  private final Map<Long, Map<String, Long>> callsByTask = new HashMap<>();

  /** Starts a new step at zero. */
  synchronized void reset() {
    doneByStage.clear();
    runningByTask.clear();
    stageOfTask.clear();
    callsByTask.clear();
  }

  /** Rows written so far. */
  synchronized long rows() {
    Map<Integer, Long> byStage = new HashMap<>(doneByStage);
    runningByTask.forEach((task, rows) -> byStage.merge(stageOfTask.get(task), rows, Long::sum));
    return byStage.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** What the tasks of this step have called so far, those that are done among them. */
  synchronized CallNumbers calls() {
    Map<String, Long> sums = new HashMap<>();
    callsByTask
        .values()
        .forEach(numbers -> numbers.forEach((name, sum) -> sums.merge(name, sum, Long::sum)));
    return new CallNumbers(sums);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    runningByTask.remove(end.taskInfo().taskId());
    CollectionConverters.asJava(end.taskInfo().accumulables())
        .forEach(info -> called(end.taskInfo().taskId(), info));
    stageOfTask.remove(end.taskInfo().taskId());
    if (end.taskInfo().successful() && end.taskMetrics() != null) {
      doneByStage.merge(
          end.stageId(), end.taskMetrics().outputMetrics().recordsWritten(), Long::sum);
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task ->
                CollectionConverters.asJava(task._4())
                    .forEach(info -> running((Long) task._1(), (Integer) task._2(), info)));
  }

  private void running(long task, int stage, AccumulableInfo info) {
    called(task, info);
    if (info.name().contains(RECORDS_WRITTEN)
        && info.update().isDefined()
        && info.update().get() instanceof Long rows) {
      runningByTask.put(task, rows);
      stageOfTask.put(task, stage);
    }
  }

  private void called(long task, AccumulableInfo info) {
    if (info.name().contains(CallTally.NAME)
        && info.update().isDefined()
        && info.update().get() instanceof Map<?, ?> numbers) {
      Map<String, Long> sums = new HashMap<>();
      numbers.forEach((name, sum) -> sums.put((String) name, (Long) sum));
      callsByTask.put(task, sums);
    }
  }
}
