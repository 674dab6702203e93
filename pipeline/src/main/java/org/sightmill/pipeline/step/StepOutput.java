package org.sightmill.pipeline.step;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;

/**
 * One run of one step: evaluated by exactly one action into staging, from which output, side table
 * and counts derive, then committed by its report. Two actions over a lineage that calls teachers
 * would make every call twice, and the two results would disagree.
 *
 * <pre>{@code
 * StepOutput output = StepOutput.begin(spark, store, StepName.CAPTION, "caption: every row");
 * Dataset<Row> staged = output.stage(rowsWithOutcome);   // columns of Outcome behind the row
 * output.write(staged.filter(col(Outcome.CODE).isNull()));
 * return output.commit(staged, fingerprint, Map.of());
 * }</pre>
 */
public final class StepOutput {
  private static final String UNKNOWN_SOURCE = "(unknown)";

  private final SparkSession spark;
  private final RunStore store;
  private final StepName step;
  private final Instant started = Instant.now();

  private StepOutput(SparkSession spark, RunStore store, StepName step) {
    this.spark = spark;
    this.store = store;
    this.step = step;
  }

  /**
   * Removes what an earlier run of this step left, its report first, and names the Spark jobs that
   * follow.
   *
   * @param description a sentence for the Spark UI
   * @throws InvalidConfigException when {@code spark.speculation} is on: a speculative copy of a
   *     task makes its calls again
   */
  public static StepOutput begin(
      SparkSession spark, RunStore store, StepName step, String description) {
    if (Boolean.parseBoolean(spark.sparkContext().getConf().get("spark.speculation", "false"))) {
      throw new InvalidConfigException(
          List.of(
              "spark.speculation must be false but was true: a speculative task repeats paid calls"));
    }
    RunLayout layout = store.layout();
    store.delete(layout.report(step));
    store.delete(layout.step(step));
    store.delete(layout.rejected(step));
    store.delete(layout.staging(step));
    spark.sparkContext().setJobGroup(step.folder(), description, true);
    return new StepOutput(spark, store, step);
  }

  /** Evaluates {@code rows}, once, and returns them read back from staging. */
  public Dataset<Row> stage(Dataset<Row> rows) {
    String folder = store.layout().staging(step).toString();
    writeParquet(rows, folder);
    return spark.read().schema(rows.schema()).parquet(folder);
  }

  /** Writes the step's rows in the contract of its boundary. */
  public void write(Dataset<Row> rows) {
    writeParquet(Schemas.conform(rows, step.boundary()), store.layout().step(step).toString());
  }

  /** Writes one named part of the output: a folder below the step's. */
  public void writeSubset(String subset, Dataset<Row> rows) {
    writeSubset(subset, rows, Map.of());
  }

  /** Likewise, with further options of the Parquet writer. */
  public void writeSubset(String subset, Dataset<Row> rows, Map<String, String> options) {
    Dataset<Row> conformed = Schemas.conform(rows, step.boundary());
    writeParquet(
        conformed,
        new org.apache.hadoop.fs.Path(store.layout().step(step), subset).toString(),
        options);
  }

  /** Commits with no subsets. See {@link #commit(Dataset, Fingerprint, Map, Map)}. */
  public StepReport commit(
      Dataset<Row> staged, Fingerprint fingerprint, Map<String, Double> measures) {
    return commit(staged, fingerprint, measures, Map.of());
  }

  /**
   * Writes the side table and the report, and deletes staging. After this the step exists.
   *
   * @param staged what {@link #stage} returned, or rows derived from it with the same outcome
   *     columns: one row for each row that came in
   */
  public StepReport commit(
      Dataset<Row> staged,
      Fingerprint fingerprint,
      Map<String, Double> measures,
      Map<String, Long> subsets) {
    writeRejected(staged);
    Tally tally = tally(staged);
    requireEveryRow(tally.total());
    StepReport report =
        new StepReport(
            step,
            Schemas.VERSION,
            fingerprint.sha256(),
            fingerprint.parts(),
            tally.total(),
            tally.bySource(),
            tally.reasons(),
            new TreeMap<>(subsets),
            DataFiles.list(store.layout().step(step), store.hadoop()),
            new TreeMap<>(measures),
            started.toString(),
            (Instant.now().toEpochMilli() - started.toEpochMilli()) / 1_000.0);
    store.writeReport(report);
    store.delete(store.layout().staging(step));
    return report;
  }

  /** A row that is neither written nor rejected would be lost in silence: a defect of the step. */
  private void requireEveryRow(Counts counts) {
    step.previous()
        .flatMap(store::report)
        .map(input -> input.counts().out())
        .filter(rows -> rows != counts.read())
        .ifPresent(
            rows -> {
              throw new IllegalStateException(
                  "step %s accounts for %d rows, but %s wrote %d"
                      .formatted(
                          step.label(),
                          counts.read(),
                          step.previous().orElseThrow().label(),
                          rows));
            });
  }

  private void writeRejected(Dataset<Row> staged) {
    Dataset<Row> rejected =
        staged
            .filter(col(Outcome.CODE).isNotNull())
            .select(
                col("sample_id"),
                coalesce(col("source"), lit(UNKNOWN_SOURCE)).as("source"),
                col(Outcome.CODE).as("code"),
                rejectClass().as("class"),
                col(Outcome.DETAIL).as("detail"));
    writeParquet(
        Schemas.conform(rejected, Boundary.REJECTED), store.layout().rejected(step).toString());
  }

  /** The class of a row's code, as a plain expression: no Java function runs for it. */
  private static Column rejectClass() {
    Column result = lit(null);
    for (RejectReason reason : RejectReason.values()) {
      result =
          functions
              .when(col(Outcome.CODE).equalTo(reason.code()), lit(reason.rejectClass().name()))
              .otherwise(result);
    }
    return result;
  }

  private Tally tally(Dataset<Row> staged) {
    Tally tally = new Tally();
    staged
        .groupBy(coalesce(col("source"), lit(UNKNOWN_SOURCE)).as("source"), col(Outcome.CODE))
        .count()
        .collectAsList()
        .forEach(row -> tally.add(row.getString(0), row.getString(1), row.getLong(2)));
    return tally;
  }

  private static void writeParquet(Dataset<Row> rows, String folder) {
    writeParquet(rows, folder, Map.of());
  }

  private static void writeParquet(Dataset<Row> rows, String folder, Map<String, String> options) {
    rows.write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .options(options)
        .parquet(folder);
  }

  /** Sums of rows by source and by reason. */
  private static final class Tally {
    private final SortedMap<String, Counts> bySource = new TreeMap<>();
    private final List<ReasonCount> reasons = new ArrayList<>();

    void add(String source, String code, long rows) {
      bySource.merge(source, countsOf(source, code, rows), Counts::plus);
    }

    private Counts countsOf(String source, String code, long rows) {
      if (code == null) {
        return new Counts(rows, 0, rows, 0, 0);
      }
      RejectReason reason = RejectReason.valueOf(code);
      reasons.add(new ReasonCount(reason, reason.rejectClass(), source, rows));
      return reason.rejectClass() == RejectClass.UNSELECTED
          ? new Counts(rows, 0, 0, 0, rows)
          : new Counts(rows, 0, 0, rows, 0);
    }

    Counts total() {
      return bySource.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    SortedMap<String, Counts> bySource() {
      return bySource;
    }

    List<ReasonCount> reasons() {
      reasons.sort(
          java.util.Comparator.comparing(ReasonCount::code).thenComparing(ReasonCount::source));
      return reasons;
    }
  }
}
