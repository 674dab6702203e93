package org.sightmill.pipeline.calls;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;
import org.sightmill.pipeline.step.StepReport;

/**
 * The body of every step that calls a teacher. All rows are evaluated by one action, partition by
 * partition in the order of the input, without a shuffle; output, rejects, counts and measures
 * derive from what that action staged. A task that fails and is retried makes again the calls of
 * its own partition, no other call is made twice. Lives on the driver.
 */
public final class CallingStage {
  private final SparkSession spark;
  private final RunStore store;
  private final StepName step;
  private final StepTeachers teachers;

  /**
   * The stage of {@code step}.
   *
   * @param teacher whom most rows are for
   * @param others who are asked about some rows instead
   */
  public CallingStage(
      SparkSession spark,
      RunStore store,
      StepName step,
      TeacherBinding teacher,
      TeacherBinding... others) {
    this.spark = spark;
    this.store = store;
    this.step = step;
    this.teachers = StepTeachers.of(teacher, others);
  }

  /**
   * What decides the step's output: its configuration and logic, teacher and prompt, and the input.
   *
   * @throws org.sightmill.pipeline.step.StepInputException when the step before has not committed
   */
  public Fingerprint fingerprint(int logicVersion, Object config) {
    Fingerprint.Builder builder =
        Fingerprint.builder(step, logicVersion, Schemas.VERSION)
            .config(config)
            .part("input", store.inputReport(step).fingerprint());
    for (TeacherBinding teacher : teachers.all()) {
      String role = teacher.role().label();
      builder.part("prompt." + role, teacher.prompt().sha256());
      teacher
          .config()
          .semantics(teacher.role())
          .forEach((key, value) -> builder.part(role + "." + key, value));
    }
    int retakes =
        Retakes.of(store.layout(), step, spark.sparkContext().hadoopConfiguration()).times();
    if (retakes > 0) {
      builder.part("retaken", Integer.toString(retakes));
    }
    return builder.build();
  }

  /** Runs the step anew over the committed output of the step before, and commits. */
  public StepReport run(RowLogic logic, Fingerprint fingerprint) {
    Dataset<Row> input = store.input(spark, step);
    try (CallSession session = CallSession.open(spark, store, step, teachers)) {
      CallTally tally = CallTally.of(spark);
      CallSite site = session.site(tally);
      OptionalDouble projected = session.agree(tally, () -> evaluated(sample(input), logic, site));
      StepOutput output = StepOutput.begin(spark, store, step, description());
      session.watch(tally);
      CallProgress before = tally.progress();
      Dataset<Row> staged = output.stage(evaluated(input, logic, site));
      CallProgress after = tally.progress();
      session.requireNotStopped(staged);
      output.write(staged.filter(col(Outcome.CODE).isNull()));
      Map<String, Double> further = new TreeMap<>(after.counts());
      further.putAll(after.since(before).rates());
      projected.ifPresent(usd -> further.put("projected_usd", usd));
      further.put("spent_usd", session.spentHereUsd());
      return output.commit(staged, whatItIs(fingerprint, staged), measures(), further);
    }
  }

  /** Some rows, the same whenever they are asked for, however the input is ordered. */
  private Dataset<Row> sample(Dataset<Row> input) {
    return input
        .orderBy(xxhash64(col("sample_id")), col("sample_id"))
        .limit(teachers.settings().sampleRows());
  }

  /**
   * Offline, rows whose answers the log lacks are rejected: the output is not what the fingerprint
   * stands for, and the next run makes it anew.
   */
  private Fingerprint whatItIs(Fingerprint fingerprint, Dataset<Row> staged) {
    if (teachers.settings().mode() == CallMode.ONLINE) {
      return fingerprint;
    }
    long missing =
        staged.filter(col(Outcome.CODE).equalTo(RejectReason.RESPONSE_NOT_LOGGED.code())).count();
    return missing == 0 ? fingerprint : fingerprint.with("answers_missing", Long.toString(missing));
  }

  private String description() {
    return "%s: %s by %s, at most %d calls in flight a task"
        .formatted(
            step.label(),
            teachers.label(),
            teachers.all().stream()
                .map(teacher -> teacher.config().provider())
                .distinct()
                .collect(Collectors.joining(" and ")),
            teachers.settings().callsInFlight());
  }

  private Dataset<Row> evaluated(Dataset<Row> input, RowLogic logic, CallSite site) {
    StructType schema = Outcome.added(Schemas.of(step.boundary()));
    return input.mapPartitions(
        new CallTask(logic, teachers, site, input.schema(), schema), Encoders.row(schema));
  }

  /** Calls, tokens and cost as the rows' provenance has them: exact whatever was retried. */
  private Map<String, Column> measures() {
    // A call's entry is the last one of its row.
    Column last = try_element_at(col("provenance"), lit(-1));
    Column called = last.getField("step").equalTo(step.label());
    return Map.of(
        "calls", when(called, 1),
        "input_tokens", when(called, last.getField("input_tokens")),
        "output_tokens", when(called, last.getField("output_tokens")),
        "cost_usd", when(called, last.getField("cost_usd")));
  }
}
