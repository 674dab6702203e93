package org.sightmill.pipeline.collect.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * The other half of a source's records, in files of its own. Where a record's column is empty it
 * takes the other's; of several others with one key, the first by file and place. An unreadable
 * record of the other half is a row with its fault.
 *
 * @param files official names, the preferred first
 * @param records the field that holds the records; null = the root
 * @param form gives the key as {@link RawSchema#ID}, and what is joined in columns of its name
 * @param key of a record, over the columns of {@link RawSchema}
 * @param presence what to do where one half is missing
 */
record Partner(List<String> files, String records, RecordForm form, Column key, Presence presence) {
  private static final String KEY = "_key";
  private static final String OTHER_KEY = "_other_key";
  private static final String OTHER = "_other";

  /** What the absence of a half means. */
  enum Presence {
    /**
     * The other half is extra knowledge: its files may be absent, its records without match too.
     */
    OPTIONAL,
    /** The files must be there, and a record of the other half without match is a fault. */
    REQUIRED
  }

  boolean required() {
    return presence == Presence.REQUIRED;
  }

  /** How the other half is taken in: it has no question to miss, and may have no answer. */
  SourceConfig taken(SourceConfig config) {
    SortedMap<String, String> map = new TreeMap<>();
    for (String field : List.of(RawSchema.QUESTION, RawSchema.LICENSE, RawSchema.META)) {
      map.put(field, "");
    }
    map.put(RawSchema.ANSWER, "{answer|\"\"}");
    SortedMap<String, String> options = new TreeMap<>();
    if (records != null) {
      options.put(JsonFile.RECORDS, records);
    }
    return new SourceConfig(
        config.name(), null, config.path(), null, null, map, null, null, null, null, null, options);
  }

  Dataset<Row> joined(Dataset<Row> rows, Dataset<Row> others) {
    Dataset<Row> keyed =
        others
            .groupBy(otherKey().as(OTHER_KEY))
            .agg(min_by(struct("*"), struct(RawSchema.FILE, RawSchema.NUMBER)).as(OTHER));
    Dataset<Row> both =
        rows.withColumn(KEY, key)
            .join(keyed, col(KEY).equalTo(col(OTHER_KEY)), "full_outer")
            .filter(isWanted());
    return both.select(columns());
  }

  /** All but sound records of the other half that no record asks for, where that is no fault. */
  private Column isWanted() {
    Column hasRecord = col(RawSchema.SOURCE).isNotNull();
    return required() ? lit(true) : hasRecord.or(other(RawSchema.FAULT_CODE).isNotNull());
  }

  private static Column[] columns() {
    Column isAlone = col(RawSchema.SOURCE).isNull();
    List<Column> columns = new ArrayList<>();
    for (String name : RawSchema.TYPE.fieldNames()) {
      Column column =
          switch (name) {
            case RawSchema.FAULT_CODE ->
                when(
                        isAlone,
                        functions.coalesce(other(name), lit(RejectReason.PARTNER_MISSING.code())))
                    .otherwise(col(name));
            case RawSchema.FAULT_DETAIL ->
                when(
                        isAlone,
                        functions.coalesce(
                            other(name), lit("no record of the other file names it")))
                    .otherwise(col(name));
            case RawSchema.ANSWER ->
                functions.coalesce(functions.nullif(col(name), lit("")), other(name));
            default -> functions.coalesce(col(name), other(name));
          };
      columns.add(column.as(name));
    }
    return columns.toArray(Column[]::new);
  }

  private static Column other(String column) {
    return col(OTHER).getField(column);
  }

  private static Column otherKey() {
    return when(col(RawSchema.FAULT_CODE).isNull(), col(RawSchema.ID))
        .otherwise(concat(lit("\0"), col(RawSchema.FILE), lit("\0"), col(RawSchema.NUMBER)));
  }
}
