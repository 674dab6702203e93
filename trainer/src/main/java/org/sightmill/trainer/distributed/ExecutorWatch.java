package org.sightmill.trainer.distributed;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.sightmill.trainer.distributed.exchange.Coordinator;

/** Counts executors, and tells the coordinator when Spark has given one up. */
final class ExecutorWatch extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final Coordinator coordinator;

  ExecutorWatch(JavaSparkContext spark, Coordinator coordinator) {
    this.spark = spark.sc();
    this.coordinator = coordinator;
    this.spark.addSparkListener(this);
  }

  /** Executors that Spark has; in local mode the driver is one. */
  int executors() {
    int all = spark.statusTracker().getExecutorInfos().length;
    return Math.max(1, all - 1);
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    coordinator.forget(removed.executorId(), executors());
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
