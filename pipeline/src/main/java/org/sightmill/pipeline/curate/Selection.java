package org.sightmill.pipeline.curate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.sightmill.pipeline.quality.Balance;
import org.sightmill.pipeline.quality.DiverseSelection;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.Outcome;

/**
 * Decides the split of every candidate. Works on ids, hashes and values alone, never on whole rows,
 * and every order ends in the sample id, so that partitioning decides nothing.
 *
 * <p>Order: range of values, RL caps, highest values of RL; then the images that RL keeps leave
 * SFT, SFT caps, highest values of SFT. Balance comes last in each.
 */
final class Selection {
  /** Columns of a candidate beside those of the contract. */
  static final String HASH = "_hash";

  static final String VALUE = "_value";
  static final String TEXT = "_text";

  /** Place of a row among those of its split by value, the highest 1; null without a value. */
  static final String VALUE_RANK = "_value_rank";

  private static final String KIND = Tendency.KIND;
  private static final String RANK = "_rank";
  private static final String RANKED_ID = "_ranked_id";
  private static final String RL_IMAGE = "_rl_image";

  private final CurateConfig config;

  Selection(CurateConfig config) {
    this.config = config;
  }

  /** What a cap draws by. */
  static Column hash(long seed) {
    return xxhash64(lit(seed), col("sample_id"));
  }

  /**
   * Adds {@code split} and the outcome.
   *
   * @param candidates {@code sample_id, source, image_sha256, answer_type, _kind, _hash, _value,
   *     _text} and the outcome of the quality checks: closed rows stay closed
   */
  Dataset<Row> decide(Dataset<Row> candidates) {
    Dataset<Row> open = inRange(candidates);
    Dataset<Row> rl = selected(of(open, Split.RL), Split.RL);
    Dataset<Row> sft = selected(withoutImagesOf(rl, of(open, Split.SFT)), Split.SFT);
    return rl.unionByName(sft)
        .withColumn("split", when(isOpen(), col(KIND)))
        .drop(KIND, HASH, TEXT);
  }

  private Dataset<Row> selected(Dataset<Row> rows, Split split) {
    Dataset<Row> chosen = highest(capped(rows, split), split);
    Balance balance = config.quality().balance();
    return balance == null ? chosen : new Balancing(balance, split).of(chosen);
  }

  private Column isRlOnly() {
    return col("source").isin(config.rlOnly().toArray());
  }

  private static Dataset<Row> of(Dataset<Row> rows, Split split) {
    return rows.filter(col(KIND).equalTo(split.label()));
  }

  static Column isOpen() {
    return col(Outcome.CODE).isNull();
  }

  /** Closes open rows where {@code condition} holds. */
  static Dataset<Row> close(Dataset<Row> rows, Column condition, Column code, Column detail) {
    Column closes = isOpen().and(condition);
    return rows.withColumn(Outcome.DETAIL, when(closes, detail).otherwise(col(Outcome.DETAIL)))
        .withColumn(Outcome.CODE, when(closes, code).otherwise(col(Outcome.CODE)));
  }

  private Dataset<Row> inRange(Dataset<Row> rows) {
    ValueTable table = config.values();
    if (table == null || !table.hasRange()) {
      return rows;
    }
    Column inside = col(VALUE).isNotNull();
    inside = table.min() == null ? inside : inside.and(col(VALUE).geq(table.min()));
    inside = table.max() == null ? inside : inside.and(col(VALUE).leq(table.max()));
    Column selected = col(KIND).equalTo(splitOf(table).label());
    return close(rows, selected.and(not(inside)), outside(), valueDetail(table.column().label()));
  }

  private static Column outside() {
    return lit(RejectReason.VALUE_OUTSIDE_RANGE.code());
  }

  private static Column valueDetail(String name) {
    return concat(lit(name + " is "), coalesce(col(VALUE).cast("string"), lit("not given")));
  }

  static Split splitOf(ValueTable table) {
    return switch (table.column()) {
      case PERPLEXITY -> Split.SFT;
      case PASS_RATE -> Split.RL;
    };
  }

  /** Null images, of rows without a picture, conflict with nothing. */
  private static Dataset<Row> withoutImagesOf(Dataset<Row> rl, Dataset<Row> sft) {
    Dataset<Row> images =
        rl.filter(isOpen().and(col("image_sha256").isNotNull()))
            .select(col("image_sha256").as(RL_IMAGE))
            .distinct();
    Dataset<Row> joined =
        sft.join(images, col("image_sha256").equalTo(col(RL_IMAGE)), "left_outer");
    return close(
            joined,
            col(RL_IMAGE).isNotNull(),
            lit(RejectReason.IMAGE_IN_RL.code()),
            concat(lit("image "), col(RL_IMAGE)))
        .drop(RL_IMAGE);
  }

  private Dataset<Row> capped(Dataset<Row> rows, Split split) {
    Map<String, Integer> caps = split == Split.RL ? config.rlCaps() : config.sftCaps();
    Dataset<Row> result = rows;
    if (!caps.isEmpty()) {
      Dataset<Row> ranked =
          switch (config.choose()) {
            case HASH -> rankedByHash(rows);
            case DIVERSE -> rankedByDiversity(rows, caps);
          };
      result = closeAboveCap(ranked, caps, split).drop(RANK);
    }
    return result;
  }

  private static Dataset<Row> rankedByHash(Dataset<Row> rows) {
    return rows.withColumn(
        RANK,
        row_number()
            .over(
                Window.partitionBy(col("source"), isOpen()).orderBy(col(HASH), col("sample_id"))));
  }

  private Dataset<Row> rankedByDiversity(Dataset<Row> rows, Map<String, Integer> caps) {
    Dataset<Row> ranks = null;
    for (Map.Entry<String, Integer> cap : caps.entrySet()) {
      Dataset<Row> ofSource = rows.filter(isOpen().and(col("source").equalTo(cap.getKey())));
      Dataset<Row> some =
          DiverseSelection.ranked(
              ofSource.select(col("sample_id"), col(HASH).as("hash"), col(TEXT).as("text")),
              cap.getValue(),
              config.seed());
      ranks = ranks == null ? some : ranks.unionByName(some);
    }
    // Renamed: the ranks derive from these rows, so that equal names would mean the same column.
    Dataset<Row> named = ranks.select(col("sample_id").as(RANKED_ID), col("rank").as(RANK));
    return rows.join(named, col("sample_id").equalTo(col(RANKED_ID)), "left_outer").drop(RANKED_ID);
  }

  private Dataset<Row> closeAboveCap(Dataset<Row> ranked, Map<String, Integer> caps, Split split) {
    Column cap = lit(null).cast("int");
    for (Map.Entry<String, Integer> entry : caps.entrySet()) {
      cap = when(col("source").equalTo(entry.getKey()), lit(entry.getValue())).otherwise(cap);
    }
    Column code = lit(RejectReason.SOURCE_CAP.code());
    if (!config.rlOnly().isEmpty()) {
      code = when(isRlOnly(), lit(RejectReason.SOURCE_RL_ONLY.code())).otherwise(code);
    }
    Column detail =
        concat(lit(split.label() + " takes "), cap.cast("string"), lit(" rows of this source"));
    return close(ranked, col(RANK).gt(cap), code, detail);
  }

  /** Ranks by value, and keeps the k highest over all sources; rows without a value come last. */
  private Dataset<Row> highest(Dataset<Row> rows, Split split) {
    ValueTable table = config.values();
    boolean ranks = table != null && (table.keepHighest() != null || !table.subsets().isEmpty());
    if (!ranks || splitOf(table) != split) {
      return rows.withColumn(VALUE_RANK, lit(null).cast("int"));
    }
    Column rank =
        row_number()
            .over(
                Window.partitionBy(isOpen())
                    .orderBy(col(VALUE).desc_nulls_last(), col(HASH), col("sample_id")));
    Dataset<Row> ranked = rows.withColumn(VALUE_RANK, rank);
    if (table.keepHighest() != null) {
      Column below = col(VALUE_RANK).gt(table.keepHighest()).or(col(VALUE).isNull());
      ranked = close(ranked, below, outside(), valueDetail(table.column().label()));
    }
    return ranked.withColumn(
        VALUE_RANK, when(isOpen().and(col(VALUE).isNotNull()), col(VALUE_RANK)));
  }
}
