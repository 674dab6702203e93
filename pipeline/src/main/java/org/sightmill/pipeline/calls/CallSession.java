package org.sightmill.pipeline.calls;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.log.Compaction;
import org.sightmill.pipeline.teacher.log.LogLease;

/** What the driver holds while one step calls: the log's lease, and the books of the run. */
final class CallSession implements AutoCloseable {
  private final RunStore store;
  private final StepName step;
  private final StepTeachers teachers;
  private final Configuration hadoop;
  private final LogLease lease;
  private final Treasury treasury;
  private final CallDesk desk;
  private final double spentBefore;

  private CallSession(
      RunStore store,
      StepName step,
      StepTeachers teachers,
      Configuration hadoop,
      CallDesk desk,
      Treasury treasury,
      LogLease lease) {
    this.store = store;
    this.step = step;
    this.teachers = teachers;
    this.hadoop = hadoop;
    this.desk = desk;
    this.treasury = treasury;
    this.lease = lease;
    this.spentBefore = spentUsd();
  }

  /**
   * Takes the lease of the log, tidies it, and opens the books.
   *
   * @throws InvalidConfigException when another driver uses the log, or there are limits and no
   *     plugin to hold them
   */
  static CallSession open(
      SparkSession spark, RunStore store, StepName step, StepTeachers teachers) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Optional<CallDesk> desk = CallDesk.installed();
    teachers.all().forEach(teacher -> requireDesk(desk, teacher));
    // Who only reads the log disturbs nobody.
    if (teachers.areBuiltin() || teachers.settings().mode() == CallMode.OFFLINE) {
      return new CallSession(store, step, teachers, hadoop, null, null, null);
    }
    LogLease lease = lease(store, desk, hadoop);
    Treasury treasury = null;
    if (desk.isPresent()) {
      treasury = desk.get().open(store.layout(), teachers.settings().budgetUsd(), hadoop);
      for (TeacherBinding teacher : teachers.all()) {
        treasury.limit(teacher.role().label(), RoleLimits.of(teacher.config()));
      }
    }
    return new CallSession(store, step, teachers, hadoop, desk.orElse(null), treasury, lease);
  }

  private static void requireDesk(Optional<CallDesk> desk, TeacherBinding teacher) {
    boolean limited = CallSite.hasCap(teacher) || !teacher.config().rates().areUnlimited();
    if (desk.isEmpty() && limited) {
      throw new InvalidConfigException(
          List.of(
              "teachers.%s has a budget or rates, which only a session with %s can hold"
                  .formatted(teacher.role().label(), CallsPlugin.SETTING)));
    }
  }

  private static LogLease lease(RunStore store, Optional<CallDesk> desk, Configuration hadoop) {
    String folder = store.layout().responses().toString();
    Runnable whenLost =
        () ->
            desk.ifPresent(
                d -> d.stop("this process stood still and another run has taken the log over"));
    LogLease lease =
        LogLease.take(folder, "run '%s'".formatted(store.layout().runId()), whenLost, hadoop);
    if (!lease.tookOver()) {
      Compaction.run(folder, hadoop);
    }
    return lease;
  }

  CallSite site(CallMeter meter) {
    return new CallSite(
        store.layout().folder().toString(),
        store.layout().responses().toString(),
        step.label(),
        Retakes.of(store.layout(), step, hadoop).forExecutors(),
        new SerializableConfiguration(hadoop),
        meter);
  }

  /** Shows what this tally counts, from now on, as the progress of the step. */
  void watch(CallTally tally) {
    watch(tally, rows());
  }

  private void watch(CallTally tally, long rows) {
    if (desk != null) {
      desk.watch().begin(tally, rows);
    }
  }

  private long rows() {
    return store.inputReport(step).counts().out();
  }

  /**
   * Has the cost agreed to, if the step has one, from a sample that stays in the log.
   *
   * @return US dollars for all rows; empty when there was nothing to agree to
   */
  OptionalDouble agree(CallTally tally, Supplier<Dataset<Row>> sample) {
    long rows = rows();
    int sampleRows = teachers.settings().sampleRows();
    if (treasury == null || teachers.priced().isEmpty() || sampleRows == 0 || rows <= sampleRows) {
      return OptionalDouble.empty();
    }
    watch(tally, sampleRows);
    requireNotStopped(sample.get());
    double usd = spentUsd() - spentBefore;
    OpenQuestion question = OpenQuestion.of(store.layout(), step, hadoop);
    Optional<CostProjection> projection =
        usd > 0
            ? Optional.of(
                new CostProjection(
                    step,
                    teachers.pricedLabel(),
                    rows,
                    sampleRows,
                    usd,
                    spentUsd(),
                    teachers.budgetUsd()))
            : question.asked();
    projection.ifPresent(asked -> question.ask(asked, desk.gate()));
    return projection
        .map(CostProjection::totalUsd)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  /**
   * A row that was not asked about since the run stops: nothing may be committed.
   *
   * @throws CallsStoppedException when there is one
   */
  void requireNotStopped(Dataset<Row> staged) {
    if (treasury == null) {
      return;
    }
    List<Row> stopped =
        staged
            .filter(col(Outcome.CODE).equalTo(Outcome.STOPPED))
            .select(Outcome.DETAIL)
            .limit(1)
            .collectAsList();
    if (!stopped.isEmpty()) {
      throw new CallsStoppedException(
          "step %s stopped: %s. Every answer that came is kept; the same command goes on from there"
              .formatted(step.label(), stopped.get(0).getString(0)));
    }
  }

  /** What this step has spent since it was opened, in US dollars: retries and losses included. */
  double spentHereUsd() {
    return spentUsd() - spentBefore;
  }

  private double spentUsd() {
    if (treasury == null) {
      return 0;
    }
    double usd = 0;
    for (TeacherBinding teacher : teachers.priced()) {
      CallDesk.awaitSettled(treasury, teacher.role());
      usd += Money.usd(treasury.committedNanos(teacher.role().label()));
    }
    return usd;
  }

  @Override
  public void close() {
    if (desk != null) {
      desk.watch().end();
    }
    if (lease != null) {
      lease.close();
    }
  }
}
