package org.sightmill.jobs.spark;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.PipelineListener;
import org.sightmill.pipeline.calls.CallDesk;
import org.sightmill.pipeline.calls.CallProgress;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * Shows how a run goes on: a bar that moves while a person watches, plain lines otherwise. Writes
 * to the error stream, so that a command's own output stays clean.
 */
public final class Progress implements PipelineListener, AutoCloseable {
  /** How a run is shown. */
  public enum Mode {
    /** One line that changes, for a terminal. */
    BAR(500),
    /** A line now and then, for logs. */
    LINES(15_000);

    private final long intervalMillis;

    Mode(long intervalMillis) {
      this.intervalMillis = intervalMillis;
    }

    /** A bar where the error stream is a terminal, as the launcher or the JVM says. */
    public static Mode detected() {
      String told = System.getProperty("sightmill.terminal");
      boolean terminal = told == null ? System.console() != null : Boolean.parseBoolean(told);
      return terminal ? BAR : LINES;
    }
  }

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Mode mode;
  private final PrintStream out;
  private final RowMeter meter = new RowMeter();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Progress::daemon);
  private ScheduledFuture<?> ticking;

  private Progress(Mode mode, PrintStream out) {
    this.mode = mode;
    this.out = out;
  }

  /** Progress of what {@code spark} does. */
  public static Progress of(SparkSession spark, Mode mode, PrintStream out) {
    Progress progress = new Progress(mode, out);
    spark.sparkContext().addSparkListener(progress.meter);
    return progress;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sightmill-progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void skipped(StepReport report) {
    out.printf("%-8s done before, %,d rows%n", report.step().label(), report.counts().out());
  }

  @Override
  public void starting(StepName step, long rowsExpected, List<String> reasons) {
    reasons.forEach(reason -> out.printf("%-8s runs again: %s%n", step.label(), reason));
    meter.reset();
    ProgressLine line = new ProgressLine(step.label(), rowsExpected, System.nanoTime());
    ticking =
        timer.scheduleAtFixedRate(
            () -> tick(line), mode.intervalMillis, mode.intervalMillis, TimeUnit.MILLISECONDS);
  }

  private synchronized void tick(ProgressLine line) {
    if (ticking == null) {
      return;
    }
    if (mode == Mode.BAR) {
      out.print(CLEAR_LINE + line.bar(meter.rows(), calls(), System.nanoTime()));
      out.flush();
    } else {
      out.println(line.plain(meter.rows(), calls(), System.nanoTime()));
    }
  }

  private static CallNumbers calls() {
    return new CallNumbers(CallDesk.installed().map(CallDesk::progress).orElse(CallProgress.NONE));
  }

  @Override
  public void finished(StepReport report) {
    stop();
    out.println(summary(report));
  }

  private synchronized void stop() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
      if (mode == Mode.BAR) {
        out.print(CLEAR_LINE);
      }
    }
  }

  static String summary(StepReport report) {
    long rows = report.counts().read() + report.counts().expanded();
    StringBuilder text = new StringBuilder();
    text.append(
        "%-8s %,d of %,d rows in %.1f s, %,.0f rows/s"
            .formatted(
                report.step().label(),
                report.counts().out(),
                rows,
                report.seconds(),
                rows / Math.max(report.seconds(), 0.001)));
    for (RejectClass rejectClass : RejectClass.values()) {
      long ended = report.rows(rejectClass);
      if (ended > 0) {
        text.append(
            "; %s %,d".formatted(rejectClass.name().toLowerCase(java.util.Locale.ROOT), ended));
      }
    }
    return text.toString();
  }

  /** Stops the display; Spark goes on. */
  @Override
  public void close() {
    stop();
    timer.shutdownNow();
  }
}
