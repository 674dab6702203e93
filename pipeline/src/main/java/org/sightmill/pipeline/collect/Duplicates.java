package org.sightmill.pipeline.collect;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.Outcome;

/**
 * Makes sample ids unique. Of several records with one id the first by source, file and place keeps
 * it; an exact repetition is rejected; another record gets its place behind the id, and a hash of
 * file and place too where that is taken. The result does not depend on partitioning.
 */
final class Duplicates {
  /** Fewer changed rows than this travel to every task instead of shuffling all rows. */
  private static final long BROADCAST_ROWS = 100_000;

  private static final String NEW_ID = "_new_id";
  private static final String FIRST = "_first";
  private static final String SOURCE = "_source";
  private static final String ORDER = "_order";
  private static final String REPEATED = "_repeated";

  private Duplicates() {}

  /** {@code staged} with unique ids among the rows that go on, and repetitions rejected. */
  static Dataset<Row> resolved(Dataset<Row> staged) {
    if (areUnique(staged)) {
      return staged;
    }
    Dataset<Row> changes = changes(staged).persist(StorageLevel.MEMORY_AND_DISK());
    return applied(staged, changes.count() < BROADCAST_ROWS ? broadcast(changes) : changes);
  }

  /** The usual case, found out in one small job. */
  private static boolean areUnique(Dataset<Row> staged) {
    return staged
        .filter(col(Outcome.CODE).isNull())
        .groupBy("sample_id")
        .count()
        .filter(col("count").gt(1))
        .isEmpty();
  }

  /** A row for each record that can't keep its id: where it is, and its new id or null. */
  private static Dataset<Row> changes(Dataset<Row> staged) {
    Dataset<Row> keys =
        staged
            .filter(col(Outcome.CODE).isNull())
            .select(
                "sample_id", "source", StagedSchema.FILE, StagedSchema.NUMBER, StagedSchema.DIGEST);
    Column[] place = {col("source"), col(StagedSchema.FILE), col(StagedSchema.NUMBER)};
    WindowSpec sameId = Window.partitionBy("sample_id").orderBy(place);
    WindowSpec sameRecord = Window.partitionBy("sample_id", StagedSchema.DIGEST).orderBy(place);
    Dataset<Row> ranked =
        keys.withColumn(ORDER, row_number().over(sameId))
            .withColumn(REPEATED, row_number().over(sameRecord).gt(1))
            .filter(col(ORDER).gt(1));
    Column wanted = concat(col("sample_id"), lit("-"), col(StagedSchema.NUMBER));
    Dataset<Row> renamed = ranked.withColumn(NEW_ID, when(col(REPEATED), null).otherwise(wanted));
    return withFreeIds(renamed, keys)
        .select(
            col("source").as(SOURCE),
            col(StagedSchema.FILE).as(FIRST + StagedSchema.FILE),
            col(StagedSchema.NUMBER).as(FIRST + StagedSchema.NUMBER),
            col(NEW_ID));
  }

  /** Where a new id is another record's id, old or new, a hash of the place makes it unique. */
  private static Dataset<Row> withFreeIds(Dataset<Row> renamed, Dataset<Row> keys) {
    Dataset<Row> taken = keys.select(col("sample_id").as("_taken")).distinct();
    Column sharedByNew =
        count(lit(1)).over(Window.partitionBy(NEW_ID)).gt(1).and(col(NEW_ID).isNotNull());
    Column hash =
        substring(
            sha2(
                concat_ws("\n", col("source"), col(StagedSchema.FILE), col(StagedSchema.NUMBER)),
                256),
            1,
            8);
    return renamed
        .join(taken, col(NEW_ID).equalTo(col("_taken")), "left_outer")
        .withColumn("_clash", sharedByNew.or(col("_taken").isNotNull()))
        .withColumn(
            NEW_ID,
            when(col("_clash"), concat(col(NEW_ID), lit("-"), hash)).otherwise(col(NEW_ID)));
  }

  private static Dataset<Row> applied(Dataset<Row> staged, Dataset<Row> changes) {
    Column same =
        col("source")
            .equalTo(col(SOURCE))
            .and(col(StagedSchema.FILE).equalTo(col(FIRST + StagedSchema.FILE)))
            .and(col(StagedSchema.NUMBER).equalTo(col(FIRST + StagedSchema.NUMBER)));
    Column repeated = col(SOURCE).isNotNull().and(col(NEW_ID).isNull());
    Column place =
        concat(substringAfterLastSlash(col(StagedSchema.FILE)), lit(":"), col(StagedSchema.NUMBER));
    return staged
        .join(changes, same, "left_outer")
        .withColumn(
            Outcome.CODE,
            when(repeated, lit(RejectReason.RECORD_DUPLICATE.code())).otherwise(col(Outcome.CODE)))
        .withColumn(
            Outcome.DETAIL,
            when(repeated, concat(place, lit(": the same record came before")))
                .otherwise(col(Outcome.DETAIL)))
        .withColumn("sample_id", coalesce(col(NEW_ID), col("sample_id")))
        .select(
            staged.columns()[0],
            java.util.Arrays.copyOfRange(staged.columns(), 1, staged.columns().length));
  }

  private static Column substringAfterLastSlash(Column path) {
    return org.apache.spark.sql.functions.substring_index(path, "/", -1);
  }
}
