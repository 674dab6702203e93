package org.sightmill.trainer.token;

import java.util.Arrays;

/**
 * GPT-2's bijection between bytes and printable characters, in which vocabularies of byte-level BPE
 * are written: printable Latin-1 stands for itself, the other 68 bytes for U+0100 onward.
 */
final class ByteAlphabet {
  private static final int BYTES = 256;
  private static final char[] CHARACTERS = new char[BYTES];
  private static final short[] BYTE_OF = new short[2 * BYTES];

  static {
    Arrays.fill(BYTE_OF, (short) -1);
    int spare = BYTES;
    for (int value = 0; value < BYTES; value++) {
      CHARACTERS[value] = (char) (isPrintable(value) ? value : spare++);
      BYTE_OF[CHARACTERS[value]] = (short) value;
    }
  }

  private ByteAlphabet() {}

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
  }

  /** The character of a byte from 0 to 255. */
  static char character(int value) {
    return CHARACTERS[value];
  }

  /** The byte of a character, or -1 for one outside the alphabet. */
  static int byteOf(char character) {
    return character < BYTE_OF.length ? BYTE_OF[character] : -1;
  }

  /** Whether every character stands for a byte. */
  static boolean covers(String token) {
    return token.chars().allMatch(c -> byteOf((char) c) >= 0);
  }

  /** The bytes of a token all of whose characters are covered. */
  static byte[] bytes(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) byteOf(token.charAt(i));
    }
    return bytes;
  }
}
