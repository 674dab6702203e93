package org.sightmill.pipeline.teacher.builtin;

import java.util.List;
import java.util.Locale;
import org.sightmill.pipeline.sample.Choices;

/** Finds which option a few words name: by letter, by text, or by mentioning its text last. */
final class OptionMention {
  private OptionMention() {}

  /** The index of the option, or -1 when the words name none. */
  static int find(String words, List<String> options) {
    String text = bare(words);
    int exact = exactly(text, options);
    if (exact >= 0) {
      return exact;
    }
    int letter = leadingLetter(text, options.size());
    return letter >= 0 ? letter : mentionedLast(text, options);
  }

  private static int exactly(String text, List<String> options) {
    for (int i = 0; i < options.size(); i++) {
      if (bare(options.get(i)).equalsIgnoreCase(text)) {
        return i;
      }
    }
    return -1;
  }

  /** {@code B}, {@code (B)}, {@code B: text}, {@code option B}; an upper case letter only. */
  private static int leadingLetter(String text, int options) {
    String rest = text.toLowerCase(Locale.ROOT).startsWith("option ") ? text.substring(7) : text;
    int at = rest.startsWith("(") ? 1 : 0;
    if (at >= rest.length()) {
      return -1;
    }
    int index = rest.charAt(at) - Choices.letter(0);
    boolean alone = at + 1 == rest.length() || ":).,".indexOf(rest.charAt(at + 1)) >= 0;
    return alone && index >= 0 && index < options ? index : -1;
  }

  /** The option whose text ends last; of several that end there, the longest. */
  private static int mentionedLast(String text, List<String> options) {
    String lower = text.toLowerCase(Locale.ROOT);
    int found = -1;
    int foundEnd = -1;
    int foundLength = 0;
    for (int i = 0; i < options.size(); i++) {
      String option = bare(options.get(i)).toLowerCase(Locale.ROOT);
      int end = lastWholeWord(lower, option);
      if (end > foundEnd || (end == foundEnd && end >= 0 && option.length() > foundLength)) {
        found = i;
        foundEnd = end;
        foundLength = option.length();
      }
    }
    return found;
  }

  /** The end of the last place where {@code option} stands as words of its own, or -1. */
  private static int lastWholeWord(String text, String option) {
    if (option.isEmpty()) {
      return -1;
    }
    for (int at = text.lastIndexOf(option); at >= 0; at = text.lastIndexOf(option, at - 1)) {
      int end = at + option.length();
      if (!partOfWord(text, at - 1) && !partOfWord(text, end)) {
        return end;
      }
    }
    return -1;
  }

  private static boolean partOfWord(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  private static String bare(String text) {
    String bare = text.strip();
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1).stripTrailing() : bare;
  }
}
