package org.sightmill.jobs.spark;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sightmill.pipeline.SparkTasks;

/** A session of two cores for the tests of a class, none of which leaves a task to the next. */
public final class LocalSpark implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
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
    SparkTasks.await();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    session.stop();
  }
}
