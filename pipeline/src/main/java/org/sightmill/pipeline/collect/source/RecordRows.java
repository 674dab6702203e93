package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.reject.Reject;

/** What the formats of the generic reader share: a record, or a fault, to a raw row. */
final class RecordRows {
  /** The field that holds a record's key, where the file is an object of records. */
  static final String KEY = "_key";

  private final SourceConfig config;
  private final RecordMapper mapper;
  private final EmbeddedChoices embeddedChoices;

  RecordRows(SourceConfig config) {
    this.config = config;
    this.mapper = new RecordMapper(config);
    this.embeddedChoices = EmbeddedChoices.of(config);
  }

  /** One JSON object as UTF-8. */
  Row json(byte[] bytes, int length, String file, long number) {
    Records.Parsed parsed = Records.object(bytes, length);
    return parsed.fault() == null
        ? record(parsed.value(), file, number)
        : fault(parsed.fault(), file, number);
  }

  /** As {@link #json(byte[], int, String, long)}, with the record's key in its file. */
  Row json(String key, byte[] bytes, String file, long number) {
    Records.Parsed parsed = Records.object(bytes, bytes.length);
    if (parsed.fault() != null) {
      return fault(parsed.fault(), file, number);
    }
    if (key != null) {
      ((ObjectNode) parsed.value()).put(KEY, key);
    }
    return record(parsed.value(), file, number);
  }

  /** A record that is parsed already. */
  Row record(JsonNode record, String file, long number) {
    return embeddedChoices.separated(mapper.map(record, file, number)).toRow();
  }

  /** A place where no record could be read. */
  Row fault(Reject fault, String file, long number) {
    return new RawRow(config.name(), file, number).fault(fault).toRow();
  }
}
