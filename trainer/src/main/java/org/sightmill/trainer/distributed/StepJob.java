package org.sightmill.trainer.distributed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.sightmill.trainer.distributed.exchange.Attempt;
import org.sightmill.trainer.distributed.exchange.Participation;

/** The Spark job of an attempt, which runs beside it. */
final class StepJob {
  /** For a task that was told the end to return. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final JavaFutureAction<List<Participation>> job;
  private final CompletableFuture<Void> watcher;

  private StepJob(JavaFutureAction<List<Participation>> job, CompletableFuture<Void> watcher) {
    this.job = job;
    this.watcher = watcher;
  }

  /** Starts the tasks; when all of them are over, the attempt learns why. */
  static StepJob start(JavaRDD<Participation> tasks, Attempt attempt) {
    JavaFutureAction<List<Participation>> job = tasks.collectAsync();
    return new StepJob(job, CompletableFuture.runAsync(() -> attempt.tasksEnded(outcome(job))));
  }

  private static String outcome(JavaFutureAction<List<Participation>> job) {
    try {
      return job.get().toString();
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause().getMessage());
    } catch (CancellationException e) {
      return "the job was cancelled";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the driver was interrupted";
    }
  }

  /**
   * Waits for the tasks, which are all told the end of the attempt; those that wait for an executor
   * are cancelled.
   */
  void end() {
    try {
      watcher.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      job.cancel(true);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
    }
  }
}
