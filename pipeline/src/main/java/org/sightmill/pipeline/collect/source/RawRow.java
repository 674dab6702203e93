package org.sightmill.pipeline.collect.source;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.sightmill.pipeline.reject.Reject;
import scala.jdk.javaapi.CollectionConverters;

/** Builds one raw record of {@link RawSchema#TYPE}. Not thread-safe. */
public final class RawRow {
  private final Object[] values = new Object[RawSchema.TYPE.size()];

  /**
   * A record with no fields yet.
   *
   * @param source the source's configured name
   * @param file the file's URI
   * @param number the record's place in the file, from 1
   */
  public RawRow(String source, String file, long number) {
    put(RawSchema.SOURCE, source);
    put(RawSchema.FILE, file);
    put(RawSchema.NUMBER, number);
  }

  /** Sets a text column; null leaves it empty. */
  public RawRow text(String column, String value) {
    return put(column, value);
  }

  /** What a text column holds; null when it is empty. */
  String text(String column) {
    return (String) values[RawSchema.TYPE.fieldIndex(column)];
  }

  boolean hasChoices() {
    return values[RawSchema.TYPE.fieldIndex(RawSchema.CHOICES)] != null;
  }

  /** Sets the options. */
  public RawRow choices(List<String> choices) {
    return put(RawSchema.CHOICES, CollectionConverters.asScala(choices).toSeq());
  }

  /** Sets the picture's bytes. */
  public RawRow imageBytes(byte[] bytes) {
    return put(RawSchema.IMAGE_BYTES, bytes);
  }

  /** Marks the record as one that can't be used; the first fault stays. */
  public RawRow fault(Reject fault) {
    if (values[RawSchema.TYPE.fieldIndex(RawSchema.FAULT_CODE)] == null) {
      put(RawSchema.FAULT_CODE, fault.reason().code());
      put(RawSchema.FAULT_DETAIL, fault.detail());
    }
    return this;
  }

  /** The row. */
  public Row toRow() {
    return new GenericRowWithSchema(values.clone(), RawSchema.TYPE);
  }

  private RawRow put(String column, Object value) {
    values[RawSchema.TYPE.fieldIndex(column)] = value;
    return this;
  }
}
