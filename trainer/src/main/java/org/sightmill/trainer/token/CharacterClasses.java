package org.sightmill.trainer.token;

import java.util.Arrays;

/**
 * The classes {@code \p{L}}, {@code \p{N}} and {@code \s} as the reference's regular expressions
 * know them, which is Unicode 16; Java 17 knows Unicode 13, so what came later is listed here.
 */
final class CharacterClasses {
  static final byte OTHER = 0;
  static final byte LETTER = 1;
  static final byte NUMBER = 2;
  static final byte SPACE = 3;

  private static final int LETTERS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER;
  private static final int NUMBERS =
      1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;
  private static final int SPACES =
      1 << Character.SPACE_SEPARATOR
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR;

  /** Letters of Unicode 14 to 16: first, last, first, last, ... */
  private static final int[] LATER_LETTERS = {
    0x870, 0x887, 0x889, 0x88E, 0x8B5, 0x8B5, 0x8C8, 0x8C9, 0xC5D, 0xC5D,
    0xCDD, 0xCDD, 0x170D, 0x170D, 0x171F, 0x171F, 0x1B4C, 0x1B4C, 0x1C89, 0x1C8A,
    0x2C2F, 0x2C2F, 0x2C5F, 0x2C5F, 0x9FFD, 0x9FFF, 0xA7C0, 0xA7C1, 0xA7CB, 0xA7CD,
    0xA7D0, 0xA7D1, 0xA7D3, 0xA7D3, 0xA7D5, 0xA7DC, 0xA7F2, 0xA7F4, 0x10570, 0x1057A,
    0x1057C, 0x1058A, 0x1058C, 0x10592, 0x10594, 0x10595, 0x10597, 0x105A1, 0x105A3, 0x105B1,
    0x105B3, 0x105B9, 0x105BB, 0x105BC, 0x105C0, 0x105F3, 0x10780, 0x10785, 0x10787, 0x107B0,
    0x107B2, 0x107BA, 0x10D4A, 0x10D65, 0x10D6F, 0x10D85, 0x10EC2, 0x10EC4, 0x10F70, 0x10F81,
    0x11071, 0x11072, 0x11075, 0x11075, 0x1123F, 0x11240, 0x11380, 0x11389, 0x1138B, 0x1138B,
    0x1138E, 0x1138E, 0x11390, 0x113B5, 0x113B7, 0x113B7, 0x113D1, 0x113D1, 0x113D3, 0x113D3,
    0x11740, 0x11746, 0x11AB0, 0x11ABF, 0x11BC0, 0x11BE0, 0x11F02, 0x11F02, 0x11F04, 0x11F10,
    0x11F12, 0x11F33, 0x12F90, 0x12FF0, 0x1342F, 0x1342F, 0x13441, 0x13446, 0x13460, 0x143FA,
    0x16100, 0x1611D, 0x16A70, 0x16ABE, 0x16D40, 0x16D6C, 0x18CFF, 0x18CFF, 0x1AFF0, 0x1AFF3,
    0x1AFF5, 0x1AFFB, 0x1AFFD, 0x1AFFE, 0x1B11F, 0x1B122, 0x1B132, 0x1B132, 0x1B155, 0x1B155,
    0x1DF00, 0x1DF1E, 0x1DF25, 0x1DF2A, 0x1E030, 0x1E06D, 0x1E290, 0x1E2AD, 0x1E4D0, 0x1E4EB,
    0x1E5D0, 0x1E5ED, 0x1E5F0, 0x1E5F0, 0x1E7E0, 0x1E7E6, 0x1E7E8, 0x1E7EB, 0x1E7ED, 0x1E7EE,
    0x1E7F0, 0x1E7FE, 0x2A6DE, 0x2A6DF, 0x2B735, 0x2B739, 0x2EBF0, 0x2EE5D, 0x31350, 0x323AF
  };

  /** Numbers of Unicode 14 to 16: first, last, first, last, ... */
  private static final int[] LATER_NUMBERS = {
    0x10D40, 0x10D49, 0x116D0, 0x116E3, 0x11BF0, 0x11BF9, 0x11F50, 0x11F59, 0x16130, 0x16139,
    0x16AC0, 0x16AC9, 0x16D70, 0x16D79, 0x1CCF0, 0x1CCF9, 0x1D2C0, 0x1D2D3, 0x1E4F0, 0x1E4F9,
    0x1E5F1, 0x1E5FA
  };

  private static final byte[] ASCII = new byte[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = ofUnicode(c);
    }
  }

  private CharacterClasses() {}

  static byte of(int codePoint) {
    return codePoint < ASCII.length ? ASCII[codePoint] : ofUnicode(codePoint);
  }

  private static byte ofUnicode(int codePoint) {
    int type = 1 << Character.getType(codePoint);
    if ((type & LETTERS) != 0) {
      return LETTER;
    }
    if ((type & NUMBERS) != 0) {
      return NUMBER;
    }
    if ((type & SPACES) != 0 || (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85) {
      return SPACE;
    }
    return type == 1 << Character.UNASSIGNED ? ofLater(codePoint) : OTHER;
  }

  private static byte ofLater(int codePoint) {
    if (isWithin(LATER_LETTERS, codePoint)) {
      return LETTER;
    }
    return isWithin(LATER_NUMBERS, codePoint) ? NUMBER : OTHER;
  }

  private static boolean isWithin(int[] ranges, int codePoint) {
    int at = Arrays.binarySearch(ranges, codePoint);
    return at >= 0 || (-at - 1) % 2 == 1;
  }
}
