package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** The rows of a JSON array, or of an object of records: a record's key becomes {@code $._key}. */
final class JsonFile implements RowStream {
  /** The option that names the field with the records. */
  static final String RECORDS = "records";

  private final JsonElements elements;
  private final RecordRows rows;
  private final String file;
  private boolean begun;

  private JsonFile(JsonElements elements, RecordRows rows, String file) {
    this.elements = elements;
    this.rows = rows;
    this.file = file;
  }

  static JsonFile whole(InputStream in, String file, Intake intake) throws IOException {
    return new JsonFile(JsonElements.of(in, intake.records()), new RecordRows(intake), file);
  }

  static JsonFile part(JsonPart part, Configuration hadoop, Intake intake) throws IOException {
    JsonElements elements = JsonElements.of(JsonParts.open(part, hadoop), part);
    return new JsonFile(elements, new RecordRows(intake), part.file());
  }

  @Override
  public boolean read(Consumer<Row> out) throws IOException {
    if (!begun && elements.isWithoutRecords()) {
      begun = true;
      out.accept(
          rows.fault(
              new Reject(
                  RejectReason.RECORD_UNREADABLE,
                  "the file holds no JSON array or object of records"),
              file,
              1));
      return true;
    }
    begun = true;
    Optional<JsonElements.Element> element = elements.read();
    element.ifPresent(found -> give(found, out));
    return element.isPresent();
  }

  private void give(JsonElements.Element found, Consumer<Row> out) {
    if (found.problem() == null) {
      rows.json(found.key(), found.bytes(), file, found.number(), out);
    } else {
      out.accept(
          rows.fault(
              new Reject(RejectReason.RECORD_UNREADABLE, found.problem()), file, found.number()));
    }
  }

  @Override
  public void close() throws IOException {
    elements.close();
  }
}
