package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.collect.map.Values;
import org.sightmill.pipeline.reject.Reject;

/** What the formats of the generic reader share: a record, or a fault, to raw rows. */
final class RecordRows {
  /** The field that holds a record's key, where the file is an object of records. */
  static final String KEY = "_key";

  private final SourceConfig config;
  private final RecordForm form;
  private final RecordMapper mapper;
  private final EmbeddedChoices embeddedChoices;

  RecordRows(Intake intake) {
    this.config = intake.config();
    this.form = intake.form();
    this.mapper = new RecordMapper(config);
    this.embeddedChoices = EmbeddedChoices.of(config);
  }

  /** One JSON object as UTF-8. */
  void json(byte[] bytes, int length, String file, long number, Consumer<Row> out) {
    Records.Parsed parsed = Records.object(bytes, length);
    if (parsed.fault() == null) {
      record((ObjectNode) parsed.value(), file, number, out);
    } else {
      out.accept(fault(parsed.fault(), file, number));
    }
  }

  /** As the other, with the record's key in its file, which is its id where it has none itself. */
  void json(String key, byte[] bytes, String file, long number, Consumer<Row> out) {
    Records.Parsed parsed = Records.object(bytes, bytes.length);
    if (parsed.fault() != null) {
      out.accept(fault(parsed.fault(), file, number));
      return;
    }
    ObjectNode record = (ObjectNode) parsed.value();
    if (key != null) {
      record.put(KEY, key);
      if (!record.hasNonNull(RawSchema.ID)) {
        record.put(RawSchema.ID, key);
      }
    }
    record(record, file, number, out);
  }

  /** A record that is parsed already. */
  void record(ObjectNode record, String file, long number, Consumer<Row> out) {
    form.shape(record, shaped -> out.accept(row(shaped, file, number)));
  }

  private Row row(Shaped shaped, String file, long number) {
    String place = shaped.part() == 1 ? file : file + RawSchema.PART + shaped.part();
    RawRow row = new RawRow(config.name(), place, number);
    if (shaped.fault() != null) {
      row.fault(shaped.fault());
    }
    mapper.map(shaped.fields(), row);
    if (shaped.isFormed()) {
      for (String column : Shaped.BEYOND_MAP) {
        JsonNode value = shaped.fields().path(column);
        Values.text(value).ifPresent(text -> row.text(column, text));
      }
    }
    return embeddedChoices.separated(row).toRow();
  }

  /** A place where no record could be read. */
  Row fault(Reject fault, String file, long number) {
    return new RawRow(config.name(), file, number).fault(fault).toRow();
  }
}
