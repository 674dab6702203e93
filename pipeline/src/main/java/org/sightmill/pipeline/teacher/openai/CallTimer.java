package org.sightmill.pipeline.teacher.openai;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The clock of all calls of a JVM: one thread, short work only. */
final class CallTimer {
  private static final Logger LOG = System.getLogger(CallTimer.class.getName());

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("sightmill-calls"));

  /** Runs {@code work} once, after {@code wait}. */
  void after(Duration wait, Runnable work) {
    Future<?> unused = executor.schedule(() -> guarded(work), wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs {@code work} again and again. */
  void every(Duration period, Runnable work) {
    long nanos = period.toNanos();
    Future<?> unused =
        executor.scheduleWithFixedDelay(() -> guarded(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a defect in timed work", e);
    }
  }
}
