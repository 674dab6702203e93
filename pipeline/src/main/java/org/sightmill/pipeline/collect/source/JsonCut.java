package org.sightmill.pipeline.collect.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Goes from one separator to the next, looking at brackets, quotes and backslashes alone: a comma
 * at depth 0, or the bracket that closes it.
 */
final class JsonCut {
  private final JsonBytes bytes;
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private int depth;
  private JsonState state = JsonState.OUTSIDE;

  JsonCut(JsonBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Passes over everything up to the separator and over it; returns it, or {@link JsonBytes#END}.
   */
  int toSeparator() throws IOException {
    return toSeparator(false);
  }

  /** As {@link #toSeparator()}, from within a value. */
  int toSeparator(int fromDepth, JsonState fromState) throws IOException {
    depth = fromDepth;
    state = fromState;
    return toSeparator(false);
  }

  /** As {@link #toSeparator()}; {@link #passed} then holds what came before the separator. */
  int takeToSeparator() throws IOException {
    passed.reset();
    depth = 0;
    state = JsonState.OUTSIDE;
    return toSeparator(true);
  }

  byte[] passed() {
    return passed.toByteArray();
  }

  private int toSeparator(boolean keep) throws IOException {
    while (bytes.hasMore()) {
      int from = bytes.at();
      int end = separatorInBuffer();
      if (keep) {
        passed.write(bytes.buffer(), from, end - from);
      }
      if (end < bytes.limit()) {
        bytes.moveTo(end + 1);
        return bytes.buffer()[end];
      }
      bytes.moveTo(end);
    }
    return JsonBytes.END;
  }

  /** Where the separator stands, or the buffer's limit. */
  private int separatorInBuffer() {
    byte[] buffer = bytes.buffer();
    int limit = bytes.limit();
    int i = bytes.at();
    while (i < limit) {
      if (state == JsonState.OUTSIDE) {
        int b = buffer[i];
        if (b == '"') {
          state = JsonState.IN_STRING;
        } else if (b == '{' || b == '[') {
          depth++;
        } else if (depth == 0 && (b == ',' || b == '}' || b == ']')) {
          return i;
        } else if (b == '}' || b == ']') {
          depth--;
        }
        i++;
      } else if (state == JsonState.ESCAPED) {
        state = JsonState.IN_STRING;
        i++;
      } else {
        i = passString(buffer, i, limit);
      }
    }
    return limit;
  }

  /** Passes text up to and over the quote or backslash. */
  private int passString(byte[] buffer, int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (buffer[i] == '"') {
        state = JsonState.OUTSIDE;
        return i + 1;
      }
      if (buffer[i] == '\\') {
        state = JsonState.ESCAPED;
        return i + 1;
      }
    }
    return limit;
  }
}
