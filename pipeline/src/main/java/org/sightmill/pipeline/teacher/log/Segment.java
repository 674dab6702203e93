package org.sightmill.pipeline.teacher.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads one file of records. It may grow meanwhile, and may end in the middle of a record. */
final class Segment {
  /** What is read ahead for the JSON of a record that is looked up: most replies fit. */
  private static final int GUESS_BYTES = 8 << 10;

  private final FileSystem fileSystem;
  private final Path path;

  Segment(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /** Told of each whole record, in order. */
  interface Visitor {
    /**
     * @param json valid during the call; its first {@code header.length()} bytes
     */
    void record(RecordFormat.Header header, byte[] json, long offset) throws IOException;
  }

  Path path() {
    return path;
  }

  /**
   * Visits the records from {@code offset} on whose checksums hold.
   *
   * @return where the last whole record ends: where to go on when the file has grown
   */
  long scan(long offset, Visitor visitor) throws IOException {
    FSDataInputStream file = fileSystem.open(path);
    try (SegmentReader reader = new SegmentReader(file, offset)) {
      if (offset > 0) {
        file.seek(offset);
      }
      while (reader.next()) {
        visitor.record(reader.header(), reader.json(), reader.offset());
      }
      return reader.end();
    }
  }

  /** The reply whose record begins at {@code offset}; null when it is not whole any more. */
  LoggedReply readOrNull(String key, long offset) throws IOException {
    try (FSDataInputStream file = fileSystem.open(path)) {
      file.seek(offset);
      InputStream in = new BufferedInputStream(file, RecordFormat.HEADER_BYTES + GUESS_BYTES);
      RecordFormat.Header header =
          RecordFormat.headerOrNull(in.readNBytes(RecordFormat.HEADER_BYTES));
      if (header == null || !header.key().equals(key)) {
        return null;
      }
      byte[] json = in.readNBytes(header.length());
      return json.length == header.length() && header.fits(json)
          ? RecordFormat.decode(header, json)
          : null;
    }
  }
}
