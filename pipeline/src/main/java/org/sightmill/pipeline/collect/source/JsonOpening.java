package org.sightmill.pipeline.collect.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the records of a JSON file begin: behind the bracket of an array, or of an object keyed by
 * id.
 *
 * @param offset the place of the first byte behind the bracket
 * @param keyed whether the records are an object's values
 */
record JsonOpening(long offset, boolean keyed) {

  /**
   * Reads up to the records and leaves {@code bytes} behind their bracket.
   *
   * @param records the field of the root object that holds the records; null = the root. A root
   *     that is an array holds the records whatever is asked for.
   * @return empty when there is no such place
   */
  static Optional<JsonOpening> find(JsonBytes bytes, String records) throws IOException {
    skipByteOrderMark(bytes);
    bytes.skipSpace();
    boolean inField = records != null && bytes.peek() == '{';
    return inField ? field(bytes, records) : bracket(bytes);
  }

  private static void skipByteOrderMark(JsonBytes bytes) throws IOException {
    for (int mark : new int[] {0xEF, 0xBB, 0xBF}) {
      if (bytes.peek() == mark) {
        bytes.advance();
      }
    }
  }

  private static Optional<JsonOpening> bracket(JsonBytes bytes) throws IOException {
    int next = bytes.peek();
    if (next != '[' && next != '{') {
      return Optional.empty();
    }
    bytes.advance();
    return Optional.of(new JsonOpening(bytes.position(), next == '{'));
  }

  private static Optional<JsonOpening> field(JsonBytes bytes, String records) throws IOException {
    bytes.advance();
    while (true) {
      bytes.skipSpace();
      if (bytes.peek() != '"') {
        return Optional.empty();
      }
      String key = string(bytes);
      bytes.skipSpace();
      if (bytes.peek() != ':') {
        return Optional.empty();
      }
      bytes.advance();
      bytes.skipSpace();
      if (key.equals(records)) {
        return bracket(bytes);
      }
      if (new JsonCut(bytes).toSeparator() != ',') {
        return Optional.empty();
      }
    }
  }

  private static String string(JsonBytes bytes) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    bytes.advance();
    while (bytes.hasMore() && bytes.peek() != '"') {
      if (bytes.peek() == '\\') {
        text.write(bytes.peek());
        bytes.advance();
      }
      text.write(bytes.peek());
      bytes.advance();
    }
    bytes.advance();
    return text.toString(StandardCharsets.UTF_8);
  }
}
