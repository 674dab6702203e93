package org.sightmill.trainer.distributed.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floats as bytes on the wire. */
final class LittleEndian {
  private LittleEndian() {}

  static void put(float[] values, int from, byte[] bytes, int count) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values, from, count);
  }

  static void get(byte[] bytes, float[] values, int from, int count) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, from, count);
  }
}
