package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Where a row belongs by itself: what its trace and source say, before other rows, caps and values
 * have a word. A function of the row, so that it is computed again rather than joined to wide rows.
 */
final class Tendency {
  /** The cues of the trace, a column of the contract. */
  static final String CUES = "aha_cues";

  /** The label of the split that the row would be in. */
  static final String KIND = "_kind";

  /** Whether the row is in the subset of rows with cues. */
  static final String IS_AHA = "_is_aha";

  private final CurateConfig config;

  Tendency(CurateConfig config) {
    this.config = config;
  }

  /**
   * Adds the three columns.
   *
   * @param rows with {@code reasoning} and {@code source}
   */
  Dataset<Row> added(Dataset<Row> rows) {
    // Called non-deterministic, which it is not: Spark would evaluate it in each place of use.
    UserDefinedFunction cues =
        udf(new Cues(config.cues()), DataTypes.createArrayType(DataTypes.StringType))
            .asNondeterministic();
    Column hasCue = size(col(CUES)).gt(0);
    Column isRlOnly = col("source").isin(config.rlOnly().toArray());
    boolean anyRlOnly = !config.rlOnly().isEmpty();
    Column rl = anyRlOnly ? hasCue.or(isRlOnly) : hasCue;
    // Sources for RL alone are never supervised data, whatever their traces hold.
    Column aha = anyRlOnly ? hasCue.and(not(isRlOnly)) : hasCue;
    return rows.withColumn(CUES, cues.apply(col("reasoning")))
        .withColumn(KIND, when(rl, Split.RL.label()).otherwise(lit(Split.SFT.label())))
        .withColumn(IS_AHA, aha);
  }
}
