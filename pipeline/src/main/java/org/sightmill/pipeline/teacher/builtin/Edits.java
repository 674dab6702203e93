package org.sightmill.pipeline.teacher.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Replacements of stretches of a text, none overlapping another. */
final class Edits {
  private record Edit(int start, int end, String replacement) {}

  private final String text;
  private final List<Edit> edits = new ArrayList<>();
  private int end;

  Edits(String text) {
    this.text = text;
  }

  /** Puts {@code replacement} in place, in the case of what it replaces. */
  void replace(int start, int end, String replacement) {
    add(start, end, likeCase(text.substring(start, end), replacement));
  }

  /** Puts {@code replacement} in place as it is. */
  void put(int start, int end, String replacement) {
    add(start, end, replacement);
  }

  /** Removes a stretch; when it starts with a capital, what follows takes that over. */
  void drop(int start, int end) {
    if (start < end) {
      add(start, end, "");
    }
  }

  /** Where the last edit ends; 0 when there is none. */
  int end() {
    return end;
  }

  /** The text with all edits made. */
  String applied() {
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder result = new StringBuilder(text.length());
    int from = 0;
    int capitalAt = -1;
    for (Edit edit : edits) {
      result.append(text, from, edit.start()).append(edit.replacement());
      capitalAt = capitalised(result, capitalAt);
      boolean dropsCapital =
          edit.replacement().isEmpty() && Character.isUpperCase(text.charAt(edit.start()));
      capitalAt = dropsCapital ? result.length() : capitalAt;
      from = edit.end();
    }
    result.append(text, from, text.length());
    capitalised(result, capitalAt);
    return result.toString();
  }

  /** Gives the character at {@code index} a capital once it is there; what is still to be done. */
  private static int capitalised(StringBuilder result, int index) {
    if (index < 0 || index >= result.length()) {
      return index;
    }
    result.setCharAt(index, Character.toUpperCase(result.charAt(index)));
    return -1;
  }

  private void add(int start, int end, String replacement) {
    edits.add(new Edit(start, end, replacement));
    this.end = Math.max(this.end, end);
  }

  private static String likeCase(String replaced, String replacement) {
    if (replaced.isEmpty() || !Character.isUpperCase(replaced.charAt(0))) {
      return replacement;
    }
    boolean allCapitals =
        replaced.length() > 1 && replaced.equals(replaced.toUpperCase(Locale.ROOT));
    return allCapitals
        ? replacement.toUpperCase(Locale.ROOT)
        : Character.toUpperCase(replacement.charAt(0)) + replacement.substring(1);
  }
}
