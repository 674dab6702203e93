package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** The rows of a JSON array, or of an object of records: a record's key becomes {@code $._key}. */
final class JsonFile implements WholeFiles.RowStream {
  /** The option that names the field with the records. */
  static final String RECORDS = "records";

  private final JsonElements elements;
  private final RecordRows rows;
  private final String file;

  JsonFile(InputStream in, String file, SourceConfig config) throws IOException {
    this.elements = new JsonElements(in, config.options().get(RECORDS));
    this.rows = new RecordRows(config);
    this.file = file;
  }

  @Override
  public Optional<Row> read() throws IOException {
    Optional<JsonElements.Element> element = elements.read();
    if (element.isEmpty()) {
      return Optional.empty();
    }
    JsonElements.Element found = element.get();
    return Optional.of(
        found.problem() == null
            ? rows.json(found.key(), found.bytes(), file, found.number())
            : rows.fault(
                new Reject(RejectReason.RECORD_UNREADABLE, found.problem()), file, found.number()));
  }

  @Override
  public void close() throws IOException {
    elements.close();
  }
}
