package org.sightmill.pipeline.collect;

import java.util.List;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.collect.source.RawSchema;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** A row of {@link RawSchema}, read by name; texts without anything in them are null. */
final class RawRecord {
  private final Row row;

  RawRecord(Row row) {
    this.row = row;
  }

  String source() {
    return row.getAs(RawSchema.SOURCE);
  }

  String file() {
    return row.getAs(RawSchema.FILE);
  }

  long number() {
    return row.<Long>getAs(RawSchema.NUMBER);
  }

  String id() {
    return text(RawSchema.ID);
  }

  String image() {
    return text(RawSchema.IMAGE);
  }

  byte[] imageBytes() {
    return row.getAs(RawSchema.IMAGE_BYTES);
  }

  String text(String column) {
    String text = row.getAs(column);
    return text == null || text.isBlank() ? null : text;
  }

  /** Null when the question has no options. */
  List<String> choices() {
    int index = row.fieldIndex(RawSchema.CHOICES);
    if (row.isNullAt(index)) {
      return null;
    }
    List<String> choices = row.getList(index);
    return choices.isEmpty() ? null : choices;
  }

  /** Throws what the reader found wrong, if anything. */
  void requireSound() throws RowFault {
    String code = text(RawSchema.FAULT_CODE);
    if (code != null) {
      throw new RowFault(new Reject(RejectReason.valueOf(code), row.getAs(RawSchema.FAULT_DETAIL)));
    }
  }
}
