package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** One question on its way from an official record to a raw row, in fields of our names. */
final class Shaped {
  /** Holds the record as the source writes it, for maps of one's own. */
  static final String SOURCE = "_source";

  /** Columns that a form may set and a map can't. */
  static final List<String> BEYOND_MAP = List.of(RawSchema.ANSWER_AS, RawSchema.BOX_SCALE);

  private final ObjectNode fields;
  private final boolean formed;
  private Reject fault;
  private int part = 1;

  private Shaped(ObjectNode fields, boolean formed) {
    this.fields = fields;
    this.formed = formed;
  }

  static Shaped unchanged(ObjectNode record) {
    return new Shaped(record, false);
  }

  /** A question with the record's fields, without those that have a meaning for us. */
  static Shaped of(ObjectNode record) {
    ObjectNode fields = Records.MAPPER.createObjectNode();
    fields.setAll(record);
    fields.remove(RecordMapper.FIELDS);
    fields.remove(BEYOND_MAP);
    fields.set(SOURCE, record);
    return new Shaped(fields, true);
  }

  Shaped put(String field, String value) {
    fields.put(field, value);
    return this;
  }

  Shaped set(String field, JsonNode value) {
    fields.set(field, value);
    return this;
  }

  /** Takes columns from the record's fields of the same names. */
  Shaped keep(String... columns) {
    for (String column : columns) {
      fields.set(column, fields.path(SOURCE).path(column));
    }
    return this;
  }

  Shaped choices(List<String> choices) {
    choices.forEach(fields.putArray(RawSchema.CHOICES)::add);
    return this;
  }

  /** Adds to what is kept beside the row. */
  Shaped meta(String key, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      fields.withObjectProperty(RawSchema.META).set(key, value);
    }
    return this;
  }

  Shaped meta(String key, String value) {
    return meta(key, Records.MAPPER.getNodeFactory().textNode(value));
  }

  /** Says why the question can't be used; the first reason stays. */
  Shaped fault(RejectReason reason, String detail) {
    if (fault == null) {
      fault = new Reject(reason, detail);
    }
    return this;
  }

  /** Which of the record's questions this is, from 1. */
  Shaped part(int number) {
    part = number;
    return this;
  }

  int part() {
    return part;
  }

  /** Whether a form made it. */
  boolean isFormed() {
    return formed;
  }

  ObjectNode fields() {
    return fields;
  }

  /** What is wrong with it; null when nothing is. */
  Reject fault() {
    return fault;
  }
}
