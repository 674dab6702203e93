package org.sightmill.trainer.metric;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The few kinds of protocol buffer field that an event needs. */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoWriter varint(int field, long value) {
    raw((field << 3) | VARINT);
    raw(value);
    return this;
  }

  ProtoWriter float64(int field, double value) {
    raw((field << 3) | FIXED64);
    put(buffer(Double.BYTES).putDouble(value));
    return this;
  }

  ProtoWriter float32(int field, float value) {
    raw((field << 3) | FIXED32);
    put(buffer(Float.BYTES).putFloat(value));
    return this;
  }

  ProtoWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter message(int field, ProtoWriter message) {
    return bytes(field, message.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private ProtoWriter bytes(int field, byte[] value) {
    raw((field << 3) | BYTES);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  private void raw(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(ByteBuffer buffer) {
    out.writeBytes(buffer.array());
  }
}
