package org.sightmill.jobs.spark;

import java.time.Duration;
import java.util.Arrays;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A session of two cores for the tests of a class. */
public final class LocalSpark implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;

  private SparkSession session;

  /** The session. */
  public SparkSession session() {
    return session;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .getOrCreate();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    awaitTasks();
  }

  /**
   * Waits for the tasks that a failed job leaves: Spark stops them some time after the job, and
   * what they still write would get in the way of a temporary folder's deletion.
   */
  public void awaitTasks() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (runningTasks() > 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("%d tasks still run after %s".formatted(runningTasks(), PATIENCE));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private int runningTasks() {
    return Arrays.stream(session.sparkContext().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    session.stop();
  }
}
