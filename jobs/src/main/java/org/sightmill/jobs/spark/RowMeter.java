package org.sightmill.jobs.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
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

  /** Starts a new step at zero. */
  synchronized void reset() {
    doneByStage.clear();
    runningByTask.clear();
    stageOfTask.clear();
  }

  /** Rows written so far. */
  synchronized long rows() {
    Map<Integer, Long> byStage = new HashMap<>(doneByStage);
    runningByTask.forEach((task, rows) -> byStage.merge(stageOfTask.get(task), rows, Long::sum));
    return byStage.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    runningByTask.remove(end.taskInfo().taskId());
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
    if (info.name().contains(RECORDS_WRITTEN)
        && info.update().isDefined()
        && info.update().get() instanceof Long rows) {
      runningByTask.put(task, rows);
      stageOfTask.put(task, stage);
    }
  }
}
