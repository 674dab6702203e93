package org.sightmill.pipeline.teacher.builtin;

import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Steps from word to word. Neighbours are parted by white space alone, with one line break at most;
 * nothing protected is a word.
 */
final class Words {
  /** A word in the text: [start, end). */
  record Word(int start, int end, String lower) {
    /** The word without its possessive ending. */
    String stem() {
      return isPossessive() ? lower.substring(0, lower.length() - 2) : lower;
    }

    boolean isPossessive() {
      return lower.endsWith("'s");
    }
  }

  private final String text;
  private final BitSet locked;

  Words(String text, BitSet locked) {
    this.text = text;
    this.locked = locked;
  }

  /**
   * The word that ends, with a gap, before {@code position} and starts at {@code floor} or later.
   */
  Optional<Word> before(int position, int floor) {
    int end = position;
    while (end > floor && isSpace(end - 1)) {
      end--;
    }
    int start = end;
    while (start > floor && isWord(start - 1)) {
      start--;
    }
    return end < position && start < end && isOneGap(end, position)
        ? Optional.of(word(start, end))
        : Optional.empty();
  }

  /** The word that starts, with a gap, behind {@code position}. */
  Optional<Word> after(int position) {
    int start = position;
    while (start < text.length() && isSpace(start)) {
      start++;
    }
    int end = start;
    while (end < text.length() && isWord(end)) {
      end++;
    }
    return start > position && end > start && isOneGap(position, start)
        ? Optional.of(word(start, end))
        : Optional.empty();
  }

  /** Whether nothing but white space stands between {@code position} and its line's start. */
  boolean startsLine(int position) {
    int i = position;
    while (i > 0 && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '*')) {
      i--;
    }
    return i == 0 || text.charAt(i - 1) == '\n';
  }

  /** The character at {@code position}, or a space outside the text. */
  char at(int position) {
    return position >= 0 && position < text.length() ? text.charAt(position) : ' ';
  }

  private Word word(int start, int end) {
    String lower = text.substring(start, end).toLowerCase(Locale.ROOT).replace('\u2019', '\'');
    return new Word(start, end, lower);
  }

  private boolean isOneGap(int from, int to) {
    int newlines = 0;
    for (int i = from; i < to; i++) {
      newlines += text.charAt(i) == '\n' ? 1 : 0;
    }
    return newlines <= 1;
  }

  private boolean isSpace(int i) {
    return Character.isWhitespace(text.charAt(i)) && !locked.get(i);
  }

  private boolean isWord(int i) {
    char c = text.charAt(i);
    return !locked.get(i) && (Character.isLetterOrDigit(c) || isApostropheWithin(c, i));
  }

  private boolean isApostropheWithin(char c, int i) {
    return (c == '\'' || c == '\u2019')
        && Character.isLetter(at(i - 1))
        && Character.isLetter(at(i + 1));
  }
}
