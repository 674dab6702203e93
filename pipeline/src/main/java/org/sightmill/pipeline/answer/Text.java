package org.sightmill.pipeline.answer;

import java.util.Locale;
import java.util.regex.Pattern;

/** Comparing words. */
final class Text {
  private static final Pattern SPACES = Pattern.compile("\\s+");

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

  /** Full-width letters, digits and signs as the plain ones; superscripts stay what they are. */
  static String halfWidth(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean wide = c >= '\uff01' && c <= '\uff5e';
      plain.append(wide ? (char) (c - '\uff01' + '!') : c == '\u00a0' || c == '\u3000' ? ' ' : c);
    }
    return plain.toString();
  }

  static boolean hasLetter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetter(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** One space between words, lower case. */
  static String flat(String text) {
    return SPACES.matcher(text.toLowerCase(Locale.ROOT).strip()).replaceAll(" ");
  }
}
