package org.sightmill.pipeline.answer;

import java.util.Locale;

/** Comparing words. */
final class Text {
  private Text() {}

  /** Letters and digits in lower case, nothing else. */
  static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** One space between words, lower case. */
  static String flat(String text) {
    return text.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
  }

  /**
   * Edits to turn one text into the other, over the length of the longer: 0 for equal texts, 1 for
   * texts with nothing in common. Time grows with the product of the lengths.
   */
  static double distance(String left, String right) {
    int longest = Math.max(left.length(), right.length());
    return longest == 0 ? 0 : (double) edits(left, right) / longest;
  }

  private static int edits(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substitution = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
