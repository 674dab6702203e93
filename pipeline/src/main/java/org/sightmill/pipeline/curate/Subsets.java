package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.StepOutput;

/**
 * The whole rows of each subset, with their pictures. Most rows are where their {@link Tendency}
 * says; the decisions about the others are joined to them, so that wide rows are shuffled only when
 * very many decisions differ.
 */
final class Subsets {
  /** The subset of rows with cues, beside the splits. */
  static final String AHA = "aha";

  /** Fewer decisions than this travel to every task: about 20 MB. */
  private static final long BROADCAST_DECISIONS = 100_000;

  /** Bytes of a row group in memory: viewers load one at a time, and so does each writing task. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  /** Rows of a row group: about 100 MB where pictures are large. */
  private static final int ROW_GROUP_ROWS = 1_000;

  private static final Map<String, String> WRITER_OPTIONS =
      Map.of(
          // Gives up quickly on what is compressed already; zstd took a quarter of the time.
          "compression",
          "snappy",
          "parquet.block.size",
          Long.toString(ROW_GROUP_BYTES),
          "parquet.block.row.count.limit",
          Integer.toString(ROW_GROUP_ROWS),
          // Sizes are looked at from the fourth row on: pictures may have megabytes.
          "parquet.page.size.row.check.min",
          "4",
          "parquet.page.size.row.check.max",
          "64");

  private static final String DECIDED_ID = "_decided_id";
  private static final String FILTERED = "_filtered";

  private final StepOutput output;
  private final Dataset<Row> rows;
  private final UserDefinedFunction embedding;

  /**
   * @param input the rows of the step before
   * @param tendency of the rows
   * @param decisions as staged: {@code sample_id, perplexity, pass_rate}, the rank by value and the
   *     outcome
   * @param special how many decisions say more than the tendency
   */
  Subsets(
      StepOutput output,
      Dataset<Row> input,
      Tendency tendency,
      Dataset<Row> decisions,
      long special,
      Path runFolder,
      Configuration hadoop) {
    this.output = output;
    this.rows = decided(tendency.added(input), decisions, special);
    this.embedding =
        udf(
            new ImageEmbedding(runFolder, hadoop),
            Schemas.of(Boundary.CURATE).apply("image").dataType());
  }

  /** Whether a decision says more than the tendency: the row is in no split, or has a value. */
  static Column isSpecial() {
    return col(Outcome.CODE)
        .isNotNull()
        .or(col("perplexity").isNotNull())
        .or(col("pass_rate").isNotNull());
  }

  /** Whether a row is in the subset of so many rows of the highest values. */
  static Column isIn(ValueTable values, long rows) {
    return col("split")
        .equalTo(Selection.splitOf(values).label())
        .and(col(Selection.VALUE_RANK).leq(rows));
  }

  /**
   * Writes all of them.
   *
   * @param values whose further subsets are written too; null for none
   */
  void write(ValueTable values) {
    for (Split split : Split.values()) {
      // The tendency is asked first: it thins the rows before they are joined.
      Dataset<Row> leaning = rows.filter(col(Tendency.KIND).equalTo(split.label()));
      write(split.label(), leaning.filter(col("split").isNotNull()));
    }
    write(AHA, rows.filter(col(Tendency.IS_AHA).and(not(col(FILTERED)))));
    for (long count : values == null ? List.<Long>of() : values.subsets()) {
      write(values.subset(count), rows.filter(isIn(values, count)));
    }
  }

  private void write(String subset, Dataset<Row> some) {
    output.writeSubset(
        subset,
        some.withColumn("image", embedding.apply(col("sample_id"), col("image_path"))),
        WRITER_OPTIONS);
  }

  private static Dataset<Row> decided(Dataset<Row> rows, Dataset<Row> decisions, long special) {
    if (special == 0) {
      return rows.withColumn("split", col(Tendency.KIND))
          .withColumn(FILTERED, lit(false))
          .withColumn("perplexity", lit(null).cast("double"))
          .withColumn("pass_rate", lit(null).cast("double"))
          .withColumn(Selection.VALUE_RANK, lit(null).cast("int"));
    }
    Dataset<Row> others =
        decisions
            .filter(isSpecial())
            .select(
                col("sample_id").as(DECIDED_ID),
                col(Outcome.CODE),
                col("perplexity"),
                col("pass_rate"),
                col(Selection.VALUE_RANK));
    return rows.join(
            special <= BROADCAST_DECISIONS ? broadcast(others) : others,
            col("sample_id").equalTo(col(DECIDED_ID)),
            "left_outer")
        .withColumn("split", when(col(Outcome.CODE).isNull(), col(Tendency.KIND)))
        .withColumn(FILTERED, coalesce(col(Outcome.CODE).isin(filters()), lit(false)));
  }

  /** Reasons of rows that are in no subset at all. */
  private static Object[] filters() {
    return Arrays.stream(RejectReason.values())
        .filter(reason -> reason.rejectClass() == RejectClass.FILTERED)
        .map(RejectReason::code)
        .toArray();
  }
}
