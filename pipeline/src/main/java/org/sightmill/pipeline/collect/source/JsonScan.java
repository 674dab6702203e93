package org.sightmill.pipeline.collect.source;

import java.io.Serializable;

/**
 * What a stretch of JSON text does to whoever comes from before it: a stretch alone can't tell
 * whether it begins within a string, so this is found for each of the three cases, and one case is
 * picked when the stretch before is known.
 */
final class JsonScan implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROOM = 64;

  private JsonState state;
  private int depth;
  private int lowest;
  private long[] commas = new long[2 * ROOM];
  private int zero = ROOM;

  JsonScan(JsonState start) {
    this.state = start;
  }

  /** Takes the next bytes of the stretch. */
  void pass(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = buffer[i];
      if (state == JsonState.ESCAPED) {
        state = JsonState.IN_STRING;
      } else if (b == '"') {
        state = state == JsonState.OUTSIDE ? JsonState.IN_STRING : JsonState.OUTSIDE;
      } else if (state == JsonState.IN_STRING) {
        state = b == '\\' ? JsonState.ESCAPED : state;
      } else if (b == ',' || b == '[' || b == '{' || b == ']' || b == '}') {
        mark(b);
      }
    }
  }

  private void mark(int b) {
    if (b == ',') {
      room();
      commas[zero + depth]++;
    } else if (b == '[' || b == '{') {
      depth++;
    } else {
      depth--;
      lowest = Math.min(lowest, depth);
    }
  }

  private void room() {
    while (zero + depth < 0 || zero + depth >= commas.length) {
      long[] wider = new long[2 * commas.length];
      System.arraycopy(commas, 0, wider, commas.length / 2, commas.length);
      zero += commas.length / 2;
      commas = wider;
    }
  }

  /** What the end of the stretch is in. */
  JsonState state() {
    return state;
  }

  /** Brackets opened less brackets closed. */
  int depth() {
    return depth;
  }

  /** Whether a bracket closes that was open already {@code before} levels above. */
  boolean closes(int before) {
    return lowest + before < 0;
  }

  /** Commas at a depth, counted from that of the stretch's start. */
  long commas(int atDepth) {
    int index = zero + atDepth;
    return index < 0 || index >= commas.length ? 0 : commas[index];
  }
}
