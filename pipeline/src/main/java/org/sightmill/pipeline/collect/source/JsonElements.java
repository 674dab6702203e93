package org.sightmill.pipeline.collect.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The records of a JSON file, one after the other and as bytes: the elements of an array, the
 * values of an object keyed by id, or those below one of the object's fields. Looks at brackets and
 * quotes alone, so that a broken element costs one record and not the file; memory is one
 * element's.
 */
final class JsonElements implements Closeable {
  private static final int END = -1;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final String records;
  private int next;
  private int close = END;
  private long count;

  /**
   * @param records the field of the root object that holds the records; null = the root
   */
  JsonElements(InputStream in, String records) throws IOException {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.records = records;
    advance();
    skipByteOrderMark();
    open();
  }

  /**
   * One element.
   *
   * @param key its name in an object, as JSON text without quotes; null in an array
   * @param problem what is wrong with the file here, null when nothing is; then it is the last
   */
  record Element(String key, byte[] bytes, long number, String problem) {}

  /** The next element; empty behind the last. */
  Optional<Element> read() throws IOException {
    if (close == END) {
      return Optional.empty();
    }
    skipSpace();
    if (count > 0 && next == ',') {
      advance();
      skipSpace();
    } else if (count > 0 && next != close) {
      return Optional.of(problem("a comma is missing"));
    }
    if (next == close) {
      close = END;
      return Optional.empty();
    }
    return Optional.of(element());
  }

  private Element element() throws IOException {
    String key = close == '}' ? key() : null;
    byte[] value = key == null && close == '}' ? new byte[0] : value();
    if (value.length == 0) {
      return problem(next == END ? "the file ends within it" : "it has no value");
    }
    if (next == END) {
      return problem("the file ends within it");
    }
    count++;
    return new Element(key, value, count, null);
  }

  private Element problem(String what) {
    close = END;
    count++;
    return new Element(
        null,
        new byte[0],
        count,
        "record %d: %s; nothing behind it is read".formatted(count, what));
  }

  /** Finds the array or object that holds the records. */
  private void open() throws IOException {
    skipSpace();
    close = closing();
    if (records == null || close != '}') {
      return;
    }
    for (Optional<Boolean> found = field(); found.isPresent(); found = field()) {
      if (found.get()) {
        close = closing();
        return;
      }
      value();
    }
    close = END;
    count = 0;
  }

  /** Steps to the next field's value; whether it is the one with the records. */
  private Optional<Boolean> field() throws IOException {
    skipSpace();
    if (next == ',') {
      advance();
      skipSpace();
    }
    String key = next == '"' ? key() : null;
    return key == null ? Optional.empty() : Optional.of(key.equals(records));
  }

  private int closing() throws IOException {
    if (next != '[' && next != '{') {
      return END;
    }
    int closing = next == '[' ? ']' : '}';
    advance();
    return closing;
  }

  /** Reads a name and its colon; null when there is none. */
  private String key() throws IOException {
    if (next != '"') {
      return null;
    }
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    string(name);
    skipSpace();
    if (next != ':') {
      return null;
    }
    advance();
    skipSpace();
    String quoted = name.toString(StandardCharsets.UTF_8);
    return quoted.substring(1, Math.max(1, quoted.length() - 1));
  }

  private byte[] value() throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    if (next == '{' || next == '[') {
      container(value);
    } else if (next == '"') {
      string(value);
    } else {
      while (next != ',' && next != ']' && next != '}' && next > ' ') {
        take(value);
      }
    }
    return value.toByteArray();
  }

  private void container(ByteArrayOutputStream value) throws IOException {
    int depth = 0;
    do {
      if (next == '"') {
        string(value);
        continue;
      }
      depth += next == '{' || next == '[' ? 1 : 0;
      depth -= next == '}' || next == ']' ? 1 : 0;
      take(value);
    } while (depth > 0 && next != END);
    if (depth > 0) {
      value.reset();
    }
  }

  private void string(ByteArrayOutputStream value) throws IOException {
    take(value);
    while (next != '"' && next != END) {
      if (next == '\\') {
        take(value);
      }
      if (next != END) {
        take(value);
      }
    }
    if (next != END) {
      take(value);
    }
  }

  private void take(ByteArrayOutputStream value) throws IOException {
    value.write(next);
    advance();
  }

  private void skipSpace() throws IOException {
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      advance();
    }
  }

  private void skipByteOrderMark() throws IOException {
    if (next == 0xEF) {
      advance();
      advance();
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
