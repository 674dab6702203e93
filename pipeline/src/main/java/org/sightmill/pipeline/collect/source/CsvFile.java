package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * The rows of a CSV (RFC 4180) or TSV file whose first line names the columns. Quoted fields may
 * hold delimiters, doubled quotes and line ends. A record's number is the line it begins on.
 */
final class CsvFile implements RowStream {
  private static final int END = -1;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final char delimiter;
  private final RecordRows rows;
  private final String file;
  private List<String> header;
  private int next;
  private long line = 1;
  private boolean unclosedQuote;

  CsvFile(InputStream in, String file, Intake intake, char delimiter) throws IOException {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.file = file;
    this.rows = new RecordRows(intake);
    this.delimiter = delimiter;
    advance();
    if (next == 0xEF) {
      advance();
      advance();
      advance();
    }
  }

  @Override
  public boolean read(Consumer<Row> out) throws IOException {
    if (header == null) {
      try {
        header = texts(record());
      } catch (CharacterCodingException e) {
        header = List.of();
        out.accept(fault(RejectReason.RECORD_NOT_UTF8, "header is not UTF-8", 1));
        return true;
      }
    }
    skipBlankLines();
    if (next == END) {
      return false;
    }
    long start = line;
    give(record(), start, out);
    return true;
  }

  private void give(List<byte[]> fields, long start, Consumer<Row> out) {
    if (unclosedQuote) {
      out.accept(
          fault(RejectReason.RECORD_UNREADABLE, "the file ends within a quoted field", start));
    } else if (fields.size() != header.size()) {
      out.accept(
          fault(
              RejectReason.RECORD_UNREADABLE,
              "%d fields, and the header has %d".formatted(fields.size(), header.size()),
              start));
    } else {
      giveRecord(fields, start, out);
    }
  }

  private void giveRecord(List<byte[]> fields, long start, Consumer<Row> out) {
    try {
      rows.record(object(texts(fields)), file, start, out);
    } catch (CharacterCodingException e) {
      out.accept(fault(RejectReason.RECORD_NOT_UTF8, "bytes are not UTF-8", start));
    }
  }

  private Row fault(RejectReason reason, String detail, long start) {
    return rows.fault(new Reject(reason, detail), file, start);
  }

  private ObjectNode object(List<String> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < fields.size(); i++) {
      object.put(header.get(i), fields.get(i));
    }
    return object;
  }

  private static List<String> texts(List<byte[]> fields) throws CharacterCodingException {
    List<String> texts = new ArrayList<>();
    for (byte[] field : fields) {
      texts.add(Records.utf8(field, field.length));
    }
    return texts;
  }

  private List<byte[]> record() throws IOException {
    List<byte[]> fields = new ArrayList<>();
    fields.add(field());
    while (next == delimiter) {
      advance();
      fields.add(field());
    }
    endLine();
    return fields;
  }

  private byte[] field() throws IOException {
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    if (next == '"') {
      quoted(field);
    }
    while (next != delimiter && next != '\n' && next != '\r' && next != END) {
      field.write(next);
      advance();
    }
    return field.toByteArray();
  }

  private void quoted(ByteArrayOutputStream field) throws IOException {
    advance();
    while (next != END) {
      if (next == '"') {
        advance();
        if (next != '"') {
          return;
        }
      }
      line += next == '\n' ? 1 : 0;
      field.write(next);
      advance();
    }
    unclosedQuote = true;
  }

  private void skipBlankLines() throws IOException {
    while (next == '\n' || next == '\r') {
      endLine();
    }
  }

  private void endLine() throws IOException {
    if (next == '\r') {
      advance();
    }
    if (next == '\n') {
      line++;
      advance();
    }
  }

  private void advance() throws IOException {
    next = in.read();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
