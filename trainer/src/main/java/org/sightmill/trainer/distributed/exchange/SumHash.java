package org.sightmill.trainer.distributed.exchange;

import java.util.zip.CRC32C;

/** A checksum over floats, bit by bit. */
final class SumHash {
  private static final int PIECE_FLOATS = 16 << 10;

  private SumHash() {}

  static void update(CRC32C hash, float[] values) {
    byte[] bytes = new byte[Math.min(values.length, PIECE_FLOATS) * Float.BYTES];
    for (int done = 0; done < values.length; done += PIECE_FLOATS) {
      int count = Math.min(PIECE_FLOATS, values.length - done);
      LittleEndian.put(values, done, bytes, count);
      hash.update(bytes, 0, count * Float.BYTES);
    }
  }
}
