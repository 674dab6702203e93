package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
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
 */
public final class CurateStep implements Step {
  /** Raised whenever the same input and configuration give another output. */
  public static final int LOGIC_VERSION = 2;

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
        .build();
  }

  @Override
  public StepReport run() {
    Fingerprint fingerprint = fingerprint();
    Dataset<Row> input = store.input(spark, name());
    StepOutput output =
        StepOutput.begin(
            spark, store, name(), "curate: split into sft and rl by cue, " + config.choose());
    Dataset<Row> candidates = candidates(input).persist(StorageLevel.DISK_ONLY());
    Dataset<Row> decisions;
    try {
      decisions = output.stage(decisions(candidates));
    } finally {
      candidates.unpersist();
    }
    SplitCounts counts = SplitCounts.of(decisions, config.values());
    new Subsets(
            output,
            input,
            new Tendency(config),
            decisions,
            counts.special(),
            store.layout().folder(),
            spark.sparkContext().hadoopConfiguration())
        .write(config.values());
    DatasetCard.of(Schemas.of(Boundary.CURATE), counts.subsets())
        .write(store.layout().step(name()), spark.sparkContext().hadoopConfiguration());
    return output.commitSubsets(decisions, fingerprint, counts.measures(), counts.subsets());
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
  private Dataset<Row> candidates(Dataset<Row> input) {
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
    return values.joined(narrow, Selection.VALUE);
  }

  /** What makes rows differ: what is asked, of what picture. */
  private Column text() {
    return switch (config.choose()) {
      case HASH -> lit(null).cast("string");
      case DIVERSE -> concat_ws(" ", col("question"), col("caption"));
    };
  }
}
