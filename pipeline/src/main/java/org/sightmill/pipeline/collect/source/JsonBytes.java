package org.sightmill.pipeline.collect.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A file's bytes through a buffer that scanners look into, and their places in the file. */
final class JsonBytes implements Closeable {
  static final int END = -1;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long base;
  private int at;
  private int limit;

  /**
   * @param position the place in its file of the next byte of {@code in}
   */
  JsonBytes(InputStream in, long position) {
    this.in = in;
    this.base = position;
  }

  /** Whether there is another byte; reads on where the buffer is used up. */
  boolean hasMore() throws IOException {
    if (at < limit) {
      return true;
    }
    base += limit;
    at = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  /** The bytes that are in memory: from {@link #at} up to {@link #limit}. */
  byte[] buffer() {
    return buffer;
  }

  int at() {
    return at;
  }

  int limit() {
    return limit;
  }

  /** Goes on to a place in the buffer, at most {@link #limit}. */
  void moveTo(int index) {
    at = index;
  }

  /** The place in the file of the next byte. */
  long position() {
    return base + at;
  }

  /** The next byte, which stays where it is. */
  int peek() throws IOException {
    return hasMore() ? buffer[at] & 0xFF : END;
  }

  void advance() throws IOException {
    if (hasMore()) {
      at++;
    }
  }

  void skipSpace() throws IOException {
    while (isSpace(peek())) {
      at++;
    }
  }

  static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
