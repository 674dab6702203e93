package org.sightmill.pipeline.step;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.HubParquet;
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
    writeParquet(rows, folder, TableFormat.passing());
    return spark.read().schema(rows.schema()).parquet(folder);
  }

  /** Writes the step's rows in the contract of its boundary. */
  public void write(Dataset<Row> rows) {
    writeParquet(
        Schemas.conform(rows, step.boundary()),
        store.layout().step(step).toString(),
        TableFormat.lasting());
  }

  /**
   * Writes one named part of the output: a folder below the step's. Its files tell Hugging Face's
   * {@code datasets} which columns are pictures.
   *
   * @param options of the Parquet writer, over those that every table is written with
   */
  public void writeSubset(String subset, Dataset<Row> rows, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(TableFormat.lasting());
    all.putAll(options);
    Schemas.conform(rows, step.boundary())
        .write()
        .format(HubParquet.NAME)
        .mode(SaveMode.Overwrite)
        .options(all)
        .save(new Path(store.layout().step(step), subset).toString());
  }

  /**
   * Writes the side table and the report, and deletes staging. After this the step exists.
   *
   * @param staged what {@link #stage} returned, or rows derived from it with the same outcome
   *     columns: one row for each row that came in
   * @param summed measures by name, each the sum of a number over all rows
   */
  public StepReport commit(
      Dataset<Row> staged, Fingerprint fingerprint, Map<String, Column> summed) {
    return commit(staged, fingerprint, summed, Map.of());
  }

  /**
   * Likewise, with measures that rows do not tell.
   *
   * @param further measures by name
   */
  public StepReport commit(
      Dataset<Row> staged,
      Fingerprint fingerprint,
      Map<String, Column> summed,
      Map<String, Double> further) {
    Tally tally = Tally.of(staged, summed);
    Map<String, Double> measures = new TreeMap<>(tally.sums());
    measures.putAll(further);
    return commit(staged, fingerprint, tally, measures, Map.of());
  }

  /**
   * Likewise, with measures and subsets that the step has counted itself.
   *
   * @param subsets rows of each part that {@link #writeSubset} wrote
   */
  public StepReport commitSubsets(
      Dataset<Row> staged,
      Fingerprint fingerprint,
      Map<String, Double> measures,
      Map<String, Long> subsets) {
    return commit(staged, fingerprint, Tally.of(staged, Map.of()), measures, subsets);
  }

  private StepReport commit(
      Dataset<Row> staged,
      Fingerprint fingerprint,
      Tally tally,
      Map<String, Double> measures,
      Map<String, Long> subsets) {
    requireEveryRow(tally.total());
    List<DataFile> files = DataFiles.list(store.layout().step(step), store.hadoop());
    requireWritten(tally.total(), subsets, files);
    writeRejected(staged);
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
            files,
            new TreeMap<>(measures),
            started.toString(),
            (Instant.now().toEpochMilli() - started.toEpochMilli()) / 1_000.0);
    store.writeReport(report);
    store.delete(store.layout().staging(step));
    return report;
  }

  /** The files hold what the counts say, in each subset where there are any. */
  private void requireWritten(Counts counts, Map<String, Long> subsets, List<DataFile> files) {
    Map<String, Long> expected = subsets.isEmpty() ? Map.of("", counts.out()) : subsets;
    expected.forEach(
        (subset, rows) -> {
          String folder = subset.isEmpty() ? "" : subset + "/";
          long written =
              files.stream()
                  .filter(file -> file.path().startsWith(folder))
                  .mapToLong(DataFile::rows)
                  .sum();
          if (written != rows) {
            throw new IllegalStateException(
                "step %s counts %d rows, but the files in %s%s hold %d"
                    .formatted(step.label(), rows, step.folder() + "/", folder, written));
          }
        });
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
                Tally.source().as("source"),
                col(Outcome.CODE).as("code"),
                rejectClass().as("class"),
                col(Outcome.DETAIL).as("detail"));
    writeParquet(
        Schemas.conform(rejected, Boundary.REJECTED),
        store.layout().rejected(step).toString(),
        TableFormat.lasting());
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

  private static void writeParquet(Dataset<Row> rows, String folder, Map<String, String> options) {
    rows.write().mode(SaveMode.Overwrite).options(options).parquet(folder);
  }
}
