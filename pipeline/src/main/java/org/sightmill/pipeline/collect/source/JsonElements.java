package org.sightmill.pipeline.collect.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The records of a JSON file, or of a part of it, one after the other and as bytes: the elements of
 * an array, or the values of an object keyed by id. A record is what stands between two separators,
 * so that a broken one costs itself and not the file; memory is one record's. A part owns the
 * records whose separator, the comma or bracket before them, lies in it.
 */
final class JsonElements implements Closeable {
  private final JsonBytes bytes;
  private final JsonCut cut;
  private final boolean keyed;
  private final long end;
  private final long first;
  private long number;
  private boolean ended;

  private JsonElements(JsonBytes bytes, boolean keyed, long end, long before) {
    this.bytes = bytes;
    this.cut = new JsonCut(bytes);
    this.keyed = keyed;
    this.end = end;
    this.first = before + 1;
    this.number = before;
  }

  /**
   * The records of a whole file.
   *
   * @param records the field of the root object that holds the records; null = the root
   */
  static JsonElements of(InputStream in, String records) throws IOException {
    JsonBytes bytes = new JsonBytes(in, 0);
    Optional<JsonOpening> opening = JsonOpening.find(bytes, records);
    JsonElements elements =
        new JsonElements(bytes, opening.map(JsonOpening::keyed).orElse(false), Long.MAX_VALUE, 0);
    elements.ended = opening.isEmpty();
    return elements;
  }

  /** The records of one part; {@code in} stands at its start. */
  static JsonElements of(InputStream in, JsonPart part) throws IOException {
    JsonElements elements =
        new JsonElements(
            new JsonBytes(in, part.start()), part.keyed(), part.end(), part.recordsBefore());
    if (!part.first()) {
      elements.align(part);
    }
    return elements;
  }

  /**
   * One record.
   *
   * @param key its name in an object, as JSON text without quotes; null in an array
   * @param problem why it can't be read, null when nothing is wrong
   */
  record Element(String key, byte[] bytes, long number, String problem) {}

  /** Whether nothing was found that holds records. */
  boolean isWithoutRecords() {
    return ended && number < first;
  }

  /** Goes to the first separator. */
  private void align(JsonPart part) throws IOException {
    ended = cut.toSeparator(part.depth(), part.state()) != ',' || isBehindEnd();
  }

  private boolean isBehindEnd() {
    return bytes.position() > end;
  }

  /** The next record; empty behind the last. */
  Optional<Element> read() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    int separator = cut.takeToSeparator();
    byte[] value = stripped(cut.passed());
    ended = separator != ',' || isBehindEnd();
    number++;
    boolean nothing = value.length == 0;
    if (separator == JsonBytes.END) {
      return Optional.of(problem("the file ends within it"));
    }
    if (nothing && separator != ',') {
      return Optional.empty();
    }
    return Optional.of(nothing ? problem("it has no value") : element(value));
  }

  private Element element(byte[] value) {
    if (!keyed) {
      return new Element(null, value, number, null);
    }
    int colon = colon(value);
    return colon < 0
        ? problem("it has no key")
        : new Element(
            key(value, colon),
            stripped(Arrays.copyOfRange(value, colon + 1, value.length)),
            number,
            null);
  }

  /** The colon behind the name that the bytes begin with; -1 when there is none. */
  private static int colon(byte[] value) {
    int at = value[0] == '"' ? 1 : value.length;
    while (at < value.length && value[at] != '"') {
      at += value[at] == '\\' ? 2 : 1;
    }
    at++;
    while (at < value.length && JsonBytes.isSpace(value[at])) {
      at++;
    }
    return at < value.length && value[at] == ':' ? at : -1;
  }

  private static String key(byte[] value, int colon) {
    String quoted = new String(value, 0, colon, StandardCharsets.UTF_8).strip();
    return quoted.substring(1, quoted.length() - 1);
  }

  private static byte[] stripped(byte[] value) {
    int from = 0;
    int to = value.length;
    while (from < to && JsonBytes.isSpace(value[from])) {
      from++;
    }
    while (to > from && JsonBytes.isSpace(value[to - 1])) {
      to--;
    }
    return from == 0 && to == value.length ? value : Arrays.copyOfRange(value, from, to);
  }

  private Element problem(String what) {
    return new Element(null, new byte[0], number, "record %d: %s".formatted(number, what));
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
