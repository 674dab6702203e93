package org.sightmill.pipeline.calls;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.spend.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a driver's process decides about calls: whether they go on, and whether what they will cost
 * is agreed to. There is one in a JVM while a session with {@link CallsPlugin} is open.
 * Thread-safe.
 */
public final class CallDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);

  private static volatile CallDesk installed;

  private final CallWatch watch = new CallWatch();
  private volatile Treasury treasury;
  private volatile String stoppedWhy;
  private volatile CostGate gate = CostGate.OPEN;

  CallDesk() {}

  static void install(CallDesk desk) {
    installed = desk;
  }

  static synchronized void uninstall(CallDesk desk) {
    if (installed == desk) {
      installed = null;
    }
  }

  /** The desk of this JVM's session; empty where it has no plugin. */
  public static Optional<CallDesk> installed() {
    return Optional.ofNullable(installed);
  }

  /** Asks this from now on before a step spends. */
  public void askBeforeSpending(CostGate gate) {
    this.gate = gate;
  }

  CostGate gate() {
    return gate;
  }

  /**
   * No further call starts, from within a second on; calls in flight are kept, and then the step
   * ends without a commit.
   *
   * @param why a sentence for people
   */
  public void stop(String why) {
    stoppedWhy = why;
    Treasury open = treasury;
    if (open != null) {
      open.refuse(Refusal.STOPPING, why);
    }
  }

  /** Takes a stop back: for sessions that outlive it, such as a notebook's. */
  public void goOn() {
    stoppedWhy = null;
    Treasury open = treasury;
    if (open != null) {
      open.resume();
    }
  }

  /**
   * For between steps.
   *
   * @throws CallsStoppedException when the run has been asked to stop
   */
  public void requireNotStopped() {
    if (stoppedWhy != null) {
      throw new CallsStoppedException(stoppedWhy);
    }
  }

  /** The books of a run, opened when another run's are open. */
  synchronized Treasury open(RunLayout layout, Double runBudgetUsd, Configuration hadoop) {
    String run = layout.folder().toString();
    long cap = Money.cap(runBudgetUsd);
    if (treasury == null || !treasury.isFor(run, cap)) {
      close();
      SpendingJournal journal =
          SpendingJournal.open(new Path(layout.runInfo(), "spending"), hadoop);
      treasury = new Treasury(run, journal, cap, System::nanoTime);
      if (stoppedWhy != null) {
        treasury.refuse(Refusal.STOPPING, stoppedWhy);
      }
    }
    return treasury;
  }

  String lease(String message) {
    Treasury open = treasury;
    if (open == null) {
      return LeaseAnswer.unknown().toJson();
    }
    open.expire();
    return open.lease(LeaseRequest.fromJson(message)).toJson();
  }

  void executorGone(String executor) {
    Treasury open = treasury;
    if (open != null && !open.executorGone(executor).isEmpty()) {
      LOG.info("executor {} is gone: what it had leased counts as spent", executor);
    }
  }

  /** How far the step that calls has come. */
  public CallProgress progress() {
    return watch.progress();
  }

  CallWatch watch() {
    return watch;
  }

  void registerMetrics(MetricRegistry metrics) {
    watch.registerMetrics(metrics);
    for (Role role : Role.values()) {
      Gauge<Double> spent = () -> usd(role);
      metrics.register(role.label() + ".spent_usd", spent);
    }
  }

  /** What the run has spent on a role, in US dollars, as far as executors have told. */
  public double usd(Role role) {
    Treasury open = treasury;
    return open == null ? 0 : Money.usd(open.settledNanos(role.label()));
  }

  /** Waits a little until executors have told what their last calls cost. */
  static void awaitSettled(Treasury treasury, Role role) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (treasury.settledNanos(role.label()) != treasury.committedNanos(role.label())
        && System.nanoTime() < until) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  synchronized void close() {
    if (treasury != null) {
      treasury.close();
      treasury = null;
    }
  }
}
