package org.sightmill.pipeline.calls;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.pipeline.teacher.TeacherContext;

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
  private final TeacherBinding teacher;

  /** The stage of {@code step}, calling {@code teacher}. */
  public CallingStage(SparkSession spark, RunStore store, StepName step, TeacherBinding teacher) {
    this.spark = spark;
    this.store = store;
    this.step = step;
    this.teacher = teacher;
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
            .part("input", store.inputReport(step).fingerprint())
            .part("teacher.provider", teacher.config().provider())
            .part("teacher.model", String.valueOf(teacher.config().model()))
            .part("prompt." + teacher.role().label(), teacher.prompt().sha256());
    teacher.config().options().forEach((key, value) -> builder.part("teacher." + key, value));
    return builder.build();
  }

  /** Runs the step anew over the committed output of the step before, and commits. */
  public StepReport run(RowLogic logic, Fingerprint fingerprint) {
    Dataset<Row> input = store.input(spark, step);
    StepOutput output = StepOutput.begin(spark, store, step, description());
    Dataset<Row> staged = output.stage(evaluated(input, logic));
    output.write(staged.filter(col(Outcome.CODE).isNull()));
    return output.commit(staged, fingerprint, measures(staged));
  }

  private String description() {
    return "%s: %s by %s, at most %d calls in flight a task"
        .formatted(
            step.label(),
            teacher.role().label(),
            teacher.config().provider(),
            teacher.settings().callsInFlight());
  }

  private Dataset<Row> evaluated(Dataset<Row> input, RowLogic logic) {
    StructType schema = Outcome.added(Schemas.of(step.boundary()));
    TeacherContext context =
        new TeacherContext(
            store.layout().folder().toString(), store.layout().responses().toString());
    return input.mapPartitions(
        new CallTask(logic, teacher, context, step.label(), input.schema(), schema),
        Encoders.row(schema));
  }

  /** Calls, tokens and cost as the rows' provenance has them: exact whatever was retried. */
  private Map<String, Double> measures(Dataset<Row> staged) {
    Row sums =
        staged
            .select(explode(col("provenance")).as("p"))
            .filter(col("p.step").equalTo(step.label()))
            .agg(
                count(lit(1)).cast("double"),
                total("p.input_tokens"),
                total("p.output_tokens"),
                total("p.cost_usd"))
            .head();
    return Map.of(
        "calls", sums.getDouble(0),
        "input_tokens", sums.getDouble(1),
        "output_tokens", sums.getDouble(2),
        "cost_usd", sums.getDouble(3));
  }

  private static Column total(String column) {
    return coalesce(sum(col(column).cast("double")), lit(0.0));
  }
}
