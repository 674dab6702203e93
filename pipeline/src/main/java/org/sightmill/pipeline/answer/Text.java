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
}
