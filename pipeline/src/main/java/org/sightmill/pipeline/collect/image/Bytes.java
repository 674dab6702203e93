package org.sightmill.pipeline.collect.image;

import java.nio.charset.StandardCharsets;

/** Numbers within a byte array. The caller checks bounds with {@link #has}. */
final class Bytes {
  private final byte[] array;

  Bytes(byte[] array) {
    this.array = array;
  }

  int length() {
    return array.length;
  }

  /** Whether {@code count} bytes begin at {@code at}; safe for any numbers. */
  boolean has(long at, long count) {
    return at >= 0 && count >= 0 && at + count <= array.length;
  }

  int u8(int at) {
    return array[at] & 0xFF;
  }

  int u16be(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  int u16le(int at) {
    return u8(at + 1) << 8 | u8(at);
  }

  int i32be(int at) {
    return u16be(at) << 16 | u16be(at + 2);
  }

  int i32le(int at) {
    return u16le(at + 2) << 16 | u16le(at);
  }

  long u32be(int at) {
    return i32be(at) & 0xFFFFFFFFL;
  }

  long u32le(int at) {
    return i32le(at) & 0xFFFFFFFFL;
  }

  /** Whether these Latin-1 characters stand at {@code at}. */
  boolean says(int at, String text) {
    if (!has(at, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (u8(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** {@code count} bytes as Latin-1. */
  String latin1(int at, int count) {
    return new String(array, at, count, StandardCharsets.ISO_8859_1);
  }
}
