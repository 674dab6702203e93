package org.sightmill.pipeline.calls;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All purses of one executor, with the thread that talks to the driver for them. */
final class Purses implements Purse.Asker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Purses.class);
  private static final long TICK_MILLIS = 1_000;

  private final String executor;
  private final UnaryOperator<String> driver;
  private final Map<String, Purse> purses = new ConcurrentHashMap<>();
  private final Set<Purse> scheduled = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> ticking;

  /**
   * @param executor Spark's id
   * @param driver sends a message and returns its answer
   */
  Purses(String executor, UnaryOperator<String> driver) {
    this.executor = executor;
    this.driver = driver;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "sightmill-spending");
              daemon.setDaemon(true);
              return daemon;
            });
    this.ticking =
        thread.scheduleWithFixedDelay(
            () -> purses.values().forEach(Purse::tick),
            TICK_MILLIS,
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** The purse of a role in a run. */
  Purse of(String run, String role, boolean hasCap, boolean hasRates) {
    return purses.computeIfAbsent(
        "%s %s %s %s".formatted(run, role, hasCap, hasRates),
        key -> new Purse(new Purse.LeaseTerms(run, role, executor, hasCap, hasRates), this));
  }

  @Override
  public LeaseAnswer ask(LeaseRequest request) {
    return LeaseAnswer.fromJson(driver.apply(request.toJson()));
  }

  @Override
  public void later(Purse purse, long millis) {
    // Of several wishes to ask the driver at once, one is enough.
    if (millis > 0 || scheduled.add(purse)) {
      try {
        ScheduledFuture<?> planned =
            thread.schedule(() -> exchange(purse), millis, TimeUnit.MILLISECONDS);
        if (planned.isCancelled()) {
          scheduled.remove(purse);
        }
      } catch (RejectedExecutionException e) {
        // The executor shuts down: its tasks have ended or are killed.
        scheduled.remove(purse);
      }
    }
  }

  /** Has a purse tell the driver what it knows, and waits for that. */
  void tell(Purse purse) {
    try {
      thread.submit(purse::exchange).get(TICK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | ExecutionException | TimeoutException e) {
      LOG.debug("told later, if ever, and then counted in full: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void exchange(Purse purse) {
    scheduled.remove(purse);
    purse.exchange();
  }

  /** Tells the driver for the last time. */
  @Override
  public void close() {
    ticking.cancel(false);
    thread.execute(() -> purses.values().forEach(Purse::exchange));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
