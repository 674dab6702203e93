package org.sightmill.pipeline.teacher.log;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One pass over the records of a segment whose checksums hold, in order. Behind damage it goes on
 * at the next line that is a record.
 */
public final class SegmentReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FIRST_JSON_BYTES = 8 << 10;

  private final InputStream in;
  private byte[] json = new byte[FIRST_JSON_BYTES];
  private RecordFormat.Header header;
  private long position;
  private long offset;
  private long end;

  /**
   * @param in at {@code from}; closed with the reader
   */
  SegmentReader(InputStream in, long from) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.position = from;
    this.end = from;
  }

  /** All replies of a segment; the file is closed at its end. */
  public static Iterator<LoggedReply> replies(Path segment, Configuration hadoop) {
    try {
      return new Replies(
          new SegmentReader(Durability.writable(segment.getFileSystem(hadoop)).open(segment), 0));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + segment, e);
    }
  }

  /** Moves to the next record; false at the end, or at a record that was never finished. */
  boolean next() throws IOException {
    while (true) {
      in.mark(RecordFormat.HEADER_BYTES);
      byte[] bytes = in.readNBytes(RecordFormat.HEADER_BYTES);
      if (bytes.length < RecordFormat.HEADER_BYTES) {
        return false;
      }
      header = RecordFormat.headerOrNull(bytes);
      if (header == null || header.length() > RecordFormat.MAX_JSON_BYTES) {
        in.reset();
        if (!skippedLine()) {
          return false;
        }
      } else if (!readJson()) {
        return false;
      } else if (header.fits(json)) {
        end = position;
        return true;
      }
    }
  }

  private boolean readJson() throws IOException {
    if (json.length < header.length()) {
      json = new byte[header.length()];
    }
    if (in.readNBytes(json, 0, header.length()) < header.length() || in.read() < 0) {
      return false;
    }
    offset = position;
    position += header.bytes();
    return true;
  }

  private boolean skippedLine() throws IOException {
    int read = in.read();
    while (read >= 0 && read != '\n') {
      position++;
      read = in.read();
    }
    position++;
    return read >= 0;
  }

  RecordFormat.Header header() {
    return header;
  }

  /** The record's JSON in its first {@code header().length()} bytes; valid until the next one. */
  byte[] json() {
    return json;
  }

  /** Where the record begins. */
  long offset() {
    return offset;
  }

  /** Where the last whole record ends: where to go on when the file has grown. */
  long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The records as replies. */
  private static final class Replies implements Iterator<LoggedReply> {
    private final SegmentReader reader;
    private boolean isAtRecord;
    private boolean ended;

    Replies(SegmentReader reader) {
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      try {
        if (!isAtRecord && !ended) {
          isAtRecord = reader.next();
          ended = !isAtRecord;
          if (ended) {
            reader.close();
          }
        }
        return isAtRecord;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the response log", e);
      }
    }

    @Override
    public LoggedReply next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more replies");
      }
      isAtRecord = false;
      try {
        return RecordFormat.decode(reader.header(), reader.json());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the response log", e);
      }
    }
  }
}
