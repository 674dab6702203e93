package org.sightmill.pipeline.teacher.log;

/**
 * Where the latest record of each key lies: 128 bits of the key's hash to a place, in plain arrays.
 * 32 bytes an entry, at most two thirds filled: at most 96 bytes an answer while it grows, 48 when
 * full. Not thread-safe.
 */
final class HashIndex {
  /** No place. */
  static final long ABSENT = -1;

  private static final int FIELDS = 4;
  private static final int FIRST_SLOTS = 64;

  /** High, low, place + 1 and time of each slot; a place of 0 is an empty slot. */
  private long[] slots = new long[FIRST_SLOTS * FIELDS];

  private int size;

  /** Puts a record in, unless a later one of the same key is there. */
  void put(Key key, long place, long atMs) {
    if (3L * (size + 1) > 2L * (slots.length / FIELDS)) {
      grow();
    }
    int slot = slot(slots, key.high(), key.low());
    boolean isNew = slots[slot + 2] == 0;
    if (isNew || atMs >= slots[slot + 3]) {
      set(slots, slot, key.high(), key.low(), place + 1, atMs);
    }
    size += isNew ? 1 : 0;
  }

  /** The place of the latest record, or {@link #ABSENT}. */
  long place(Key key) {
    return slots[slot(slots, key.high(), key.low()) + 2] - 1;
  }

  /** When the latest record came; 0 when there is none. */
  long atMs(Key key) {
    return slots[slot(slots, key.high(), key.low()) + 3];
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (int slot = 0; slot < slots.length; slot += FIELDS) {
      if (slots[slot + 2] != 0) {
        int to = slot(larger, slots[slot], slots[slot + 1]);
        set(larger, to, slots[slot], slots[slot + 1], slots[slot + 2], slots[slot + 3]);
      }
    }
    slots = larger;
  }

  private static void set(long[] slots, int slot, long high, long low, long place, long atMs) {
    slots[slot] = high;
    slots[slot + 1] = low;
    slots[slot + 2] = place;
    slots[slot + 3] = atMs;
  }

  /** The key's slot, or the empty one where it belongs. The hash is one already. */
  private static int slot(long[] slots, long high, long low) {
    int count = slots.length / FIELDS;
    int slot = (int) Long.remainderUnsigned(low, count);
    while (slots[slot * FIELDS + 2] != 0
        && !(slots[slot * FIELDS] == high && slots[slot * FIELDS + 1] == low)) {
      slot = slot + 1 == count ? 0 : slot + 1;
    }
    return slot * FIELDS;
  }

  /** The first 128 of a hash's 256 bits: two of 10^12 keys agree in them once in 10^15 logs. */
  record Key(long high, long low) {
    static Key of(String sha256) {
      return new Key(
          Long.parseUnsignedLong(sha256, 0, 16, 16), Long.parseUnsignedLong(sha256, 16, 32, 16));
    }
  }
}
