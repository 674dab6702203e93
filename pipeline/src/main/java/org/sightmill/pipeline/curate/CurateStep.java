package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
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
  public static final int LOGIC_VERSION = 1;

  /** The subset of rows with cues, beside the splits. */
  static final String AHA = "aha";

  /** Bytes of a row group in memory: viewers load one at a time, and so does each writing task. */
  static final long ROW_GROUP_BYTES = 32L << 20;

  /** Rows of a row group: about 100 MB where pictures are large. */
  static final int ROW_GROUP_ROWS = 1_000;

  private static final Map<String, String> WRITER_OPTIONS =
      Map.of(
          "parquet.block.size", Long.toString(ROW_GROUP_BYTES),
          "parquet.block.row.count.limit", Integer.toString(ROW_GROUP_ROWS),
          // Sizes are looked at from the fourth row on: pictures may have megabytes.
          "parquet.page.size.row.check.min", "4",
          "parquet.page.size.row.check.max", "64",
          // Compressed pictures repeat nothing and have no useful minimum.
          "parquet.enable.dictionary#image.bytes", "false",
          "parquet.column.statistics.enabled#image.bytes", "false");

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
    try {
      Dataset<Row> staged = output.stage(decided(input, candidates));
      writeSubsets(output, staged);
      SplitCounts counts = SplitCounts.of(staged, isAha());
      DatasetCard.of(Schemas.of(Boundary.CURATE), counts.subsets())
          .write(store.layout().step(name()), spark.sparkContext().hadoopConfiguration());
      return output.commit(staged, fingerprint, counts.measures(), counts.subsets());
    } finally {
      candidates.unpersist();
    }
  }

  /** Ids and what decides their split: small enough to sort and join, whatever the rows hold. */
  private Dataset<Row> candidates(Dataset<Row> input) {
    UserDefinedFunction cues =
        udf(new Cues(config.cues()), DataTypes.createArrayType(DataTypes.StringType));
    Dataset<Row> narrow =
        input.select(
            col("sample_id"),
            col("source"),
            col("image_sha256"),
            cues.apply(col("reasoning")).as("aha_cues"),
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

  private Dataset<Row> decided(Dataset<Row> input, Dataset<Row> candidates) {
    Dataset<Row> decisions =
        new Selection(config)
            .decide(candidates)
            .select(
                col("sample_id"),
                col("aha_cues"),
                values.column(ValueTable.Target.PERPLEXITY, Selection.VALUE),
                values.column(ValueTable.Target.PASS_RATE, Selection.VALUE),
                col("split"),
                col(Outcome.CODE),
                col(Outcome.DETAIL));
    return input.join(decisions, "sample_id");
  }

  private void writeSubsets(StepOutput output, Dataset<Row> staged) {
    for (Split split : Split.values()) {
      writeSubset(output, split.label(), staged.filter(col("split").equalTo(split.label())));
    }
    writeSubset(output, AHA, staged.filter(isAha()));
  }

  /** Sources for RL alone are never supervised data, whatever their traces hold. */
  private Column isAha() {
    Column hasCue = size(col("aha_cues")).gt(0);
    return config.rlOnly().isEmpty()
        ? hasCue
        : hasCue.and(not(col("source").isin(config.rlOnly().toArray())));
  }

  private void writeSubset(StepOutput output, String subset, Dataset<Row> rows) {
    UserDefinedFunction embed =
        udf(
            new ImageEmbedding(store.layout().folder(), spark.sparkContext().hadoopConfiguration()),
            Schemas.of(Boundary.CURATE).apply("image").dataType());
    output.writeSubset(
        subset,
        rows.withColumn("image", embed.apply(col("sample_id"), col("image_path"))),
        WRITER_OPTIONS);
  }
}
