package org.sightmill.pipeline.teacher.openai;

import java.nio.charset.StandardCharsets;

/** Texts that survive being written. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text with halves of surrogate pairs, which no encoding takes, replaced; null stays. */
  static String sound(String text) {
    if (text == null || text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder sound = new StringBuilder(text);
    for (int i = 0; i < sound.length(); i++) {
      boolean pair =
          i + 1 < sound.length() && Character.isSurrogatePair(sound.charAt(i), sound.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(sound.charAt(i))) {
        sound.setCharAt(i, REPLACEMENT);
      }
    }
    return sound.toString();
  }
}
