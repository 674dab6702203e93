package org.sightmill.pipeline;

import java.time.Duration;
import java.util.Arrays;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Waits for the tasks that a failed job leaves: Spark stops them some time after the job, and what
 * they still write would get in the way of a temporary folder's deletion.
 */
public final class SparkTasks implements AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    await();
  }

  /** Waits until the process's session runs no task. */
  public static void await() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int running = running(); running > 0; running = running()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("%d tasks still run after %s".formatted(running, PATIENCE));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static int running() {
    SparkSession session = SparkSession.active();
    return session.sparkContext().isStopped()
        ? 0
        : Arrays.stream(session.sparkContext().statusTracker().getExecutorInfos())
            .mapToInt(SparkExecutorInfo::numRunningTasks)
            .sum();
  }
}
