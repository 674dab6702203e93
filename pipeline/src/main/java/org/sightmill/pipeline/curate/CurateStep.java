package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.quality.BenchmarkOverlap;
import org.sightmill.pipeline.quality.Held;
import org.sightmill.pipeline.quality.QualityChecks;
import org.sightmill.pipeline.quality.QualityResult;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;
import org.sightmill.pipeline.step.StepReport;

/**
 * Step 6 (paper, section 3.6): rows whose trace has a self-reflection cue go to {@code rl}, the
 * others to {@code sft}; the two share no sample and no image. {@code aha} holds every row with a
 * cue as supervised data; it may overlap {@code rl} and is counted apart. Rows that are in neither
 * split are unselected, with the reason. Pictures are embedded, so that each row stands alone.
 *
 * <p>Rows that the configured quality checks end are in no subset. The checks run here, among rows
 * that are verified already: which of two duplicates stays is then never a row that fails later,
 * and another threshold costs no call again.
 */
public final class CurateStep implements Step {
  /** Raised whenever the same input and configuration give another output. */
  public static final int LOGIC_VERSION = 3;

  private final SparkSession spark;
  private final RunStore store;
  private final CurateConfig config;
  private final SideValues values;

  /** The step, reading and writing in {@code store}'s run. */
  public CurateStep(SparkSession spark, RunStore store, CurateConfig config) {
    this.spark = spark;
    this.store = store;
    this.config = config;
    this.values = new SideValues(spark, config.values());
  }

  @Override
  public StepName name() {
    return StepName.CURATE;
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.builder(name(), LOGIC_VERSION, Schemas.VERSION)
        .config(config)
        .part("input", store.inputReport(name()).fingerprint())
        .part("values", values.fingerprint())
        .part("benchmarks", benchmarks())
        .build();
  }

  private String benchmarks() {
    BenchmarkOverlap benchmarks = config.quality().benchmarks();
    if (benchmarks == null) {
      return "none";
    }
    List<String> problems = new ArrayList<>();
    List<String> files = new ArrayList<>();
    benchmarks
        .files()
        .forEach(
            (name, path) -> {
              try {
                String key = "curate.quality.benchmarks.files." + name;
                files.add(name + ": " + FileListing.of(key, path, hadoop()));
              } catch (InvalidConfigException e) {
                problems.addAll(e.problems());
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return String.join("; ", files);
  }

  @Override
  public StepReport run() {
    Fingerprint fingerprint = fingerprint();
    Dataset<Row> input = store.input(spark, name());
    StepOutput output =
        StepOutput.begin(
            spark, store, name(), "curate: split into sft and rl by cue, " + config.choose());
    Dataset<Row> decisions;
    SortedMap<String, Double> quality;
    try (QualityChecks checks = checks()) {
      QualityResult found = checks.of(input);
      quality = found.measures();
      decisions = staged(output, candidates(input, found));
    }
    SplitCounts counts = SplitCounts.of(decisions, config.values());
    new Subsets(
            output,
            input,
            new Tendency(config),
            decisions,
            counts.special(),
            store.layout().folder(),
            hadoop())
        .write(config.values());
    DatasetCard.of(Schemas.of(Boundary.CURATE), counts.subsets())
        .write(store.layout().step(name()), hadoop());
    SortedMap<String, Double> measures = new TreeMap<>(counts.measures());
    measures.putAll(quality);
    return output.commitSubsets(decisions, fingerprint, measures, counts.subsets());
  }

  private QualityChecks checks() {
    return new QualityChecks(spark, store.layout().folder(), config.quality());
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private Dataset<Row> staged(StepOutput output, Dataset<Row> candidates) {
    try (Held held = new Held()) {
      return output.stage(decisions(held.disk(candidates)));
    }
  }

  /** One narrow row for each of the input: where it goes and why. */
  private Dataset<Row> decisions(Dataset<Row> candidates) {
    return new Selection(config)
        .decide(candidates)
        .select(
            col("sample_id"),
            col("source"),
            col("answer_type"),
            col(Tendency.IS_AHA),
            values.column(ValueTable.Target.PERPLEXITY, Selection.VALUE),
            values.column(ValueTable.Target.PASS_RATE, Selection.VALUE),
            col("split"),
            col(Selection.VALUE_RANK),
            col(Outcome.CODE),
            col(Outcome.DETAIL));
  }

  /** Ids and what decides their split: small enough to sort and join, whatever the rows hold. */
  private Dataset<Row> candidates(Dataset<Row> input, QualityResult quality) {
    Dataset<Row> narrow =
        new Tendency(config)
            .added(input)
            .select(
                col("sample_id"),
                col("source"),
                col("image_sha256"),
                col("answer_type"),
                col(Tendency.KIND),
                col(Tendency.IS_AHA),
                Selection.hash(config.seed()).as(Selection.HASH),
                text().as(Selection.TEXT));
    return values.joined(outcome(narrow, quality), Selection.VALUE);
  }

  /** With the outcome of the checks, and pictures that look alike under one name. */
  private Dataset<Row> outcome(Dataset<Row> narrow, QualityResult quality) {
    if (!checks().areAny()) {
      return narrow
          .withColumn(Outcome.CODE, lit(null).cast("string"))
          .withColumn(Outcome.DETAIL, lit(null).cast("string"));
    }
    Dataset<Row> rejects =
        quality
            .rejects()
            .select(
                col("sample_id").as("_ended_id"),
                col("code").as(Outcome.CODE),
                col("detail").as(Outcome.DETAIL));
    Dataset<Row> pictures =
        quality.pictures().select(col("image_sha256").as("_same_image"), col("same_as"));
    return narrow
        .join(rejects, col("sample_id").equalTo(col("_ended_id")), "left_outer")
        .join(pictures, col("image_sha256").equalTo(col("_same_image")), "left_outer")
        .withColumn("image_sha256", coalesce(col("same_as"), col("image_sha256")))
        .withColumn(Tendency.IS_AHA, col(Tendency.IS_AHA).and(col(Outcome.CODE).isNull()))
        .drop("_ended_id", "_same_image", "same_as");
  }

  /** What makes rows differ: what is asked, of what picture. */
  private Column text() {
    return switch (config.choose()) {
      case HASH -> lit(null).cast("string");
      case DIVERSE -> concat_ws(" ", col("question"), col("caption"));
    };
  }
}
