package org.sightmill.trainer.token;

/**
 * UTF-8 to text, byte by byte. Each maximal ill-formed subpart becomes one U+FFFD, as Unicode
 * recommends (core specification, 3.9, table 3-7) and as Rust and Python do.
 */
final class Utf8Assembler {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder();
  private int codePoint;
  private int missing;

  /** Bounds of the next continuation byte. */
  private int low;

  private int high;

  void accept(byte[] bytes) {
    for (byte b : bytes) {
      accept(b & 0xff);
    }
  }

  private void accept(int value) {
    if (missing > 0 && (value < low || value > high)) {
      text.append(REPLACEMENT);
      missing = 0;
    }
    if (missing == 0) {
      begin(value);
    } else {
      goOn(value);
    }
  }

  private void begin(int value) {
    if (value < 0x80) {
      text.append((char) value);
    } else if (value >= 0xC2 && value <= 0xDF) {
      expect(1, value & 0x1F, 0x80, 0xBF);
    } else if (value >= 0xE0 && value <= 0xEF) {
      expect(2, value & 0x0F, value == 0xE0 ? 0xA0 : 0x80, value == 0xED ? 0x9F : 0xBF);
    } else if (value >= 0xF0 && value <= 0xF4) {
      expect(3, value & 0x07, value == 0xF0 ? 0x90 : 0x80, value == 0xF4 ? 0x8F : 0xBF);
    } else {
      text.append(REPLACEMENT);
    }
  }

  private void expect(int bytes, int bits, int first, int last) {
    missing = bytes;
    codePoint = bits;
    low = first;
    high = last;
  }

  private void goOn(int value) {
    expect(missing - 1, codePoint << 6 | (value & 0x3F), 0x80, 0xBF);
    if (missing == 0) {
      text.appendCodePoint(codePoint);
    }
  }

  /** The whole characters since the last call. */
  String take() {
    String whole = text.toString();
    text.setLength(0);
    return whole;
  }

  /** Replaces a character that never became whole. */
  void end() {
    if (missing > 0) {
      text.append(REPLACEMENT);
      missing = 0;
    }
  }
}
