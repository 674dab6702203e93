package org.sightmill.trainer.token;

/**
 * Cuts text into the words that BPE never merges across: Qwen2's regular expression, by hand, since
 * a backtracking engine takes quadratic time and the stack on long runs.
 *
 * <p>In the order in which they are tried: a contraction; letters with at most one leading
 * character that is no line break, letter or number; one number; other characters with at most one
 * leading space and any trailing line breaks; white space up to its last line break; white space
 * less the last before a word; white space.
 */
final class PreTokenizer {
  /** The expression that {@code tokenizer.json} must carry. */
  static final String PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final int LONG_S = 0x17F;

  private final String text;
  private final int end;

  PreTokenizer(String text) {
    this.text = text;
    this.end = text.length();
  }

  /** The end of the word that begins at {@code start}, which is before the text's end. */
  int wordEnd(int start) {
    int first = text.codePointAt(start);
    int after = start + Character.charCount(first);
    switch (CharacterClasses.of(first)) {
      case CharacterClasses.LETTER:
        return skip(after, CharacterClasses.LETTER);
      case CharacterClasses.NUMBER:
        return after;
      case CharacterClasses.SPACE:
        return spaceEnd(start, first, after);
      default:
        return otherEnd(first, after);
    }
  }

  private int otherEnd(int first, int after) {
    if (first == '\'' && contraction(after) > 0) {
      return after + contraction(after);
    }
    if (classAt(after) == CharacterClasses.LETTER) {
      return skip(after, CharacterClasses.LETTER);
    }
    return lineBreaks(skip(after, CharacterClasses.OTHER));
  }

  private int spaceEnd(int start, int first, int after) {
    if (!isLineBreak(first) && classAt(after) == CharacterClasses.LETTER) {
      return skip(after, CharacterClasses.LETTER);
    }
    if (first == ' ' && classAt(after) == CharacterClasses.OTHER) {
      return lineBreaks(skip(after, CharacterClasses.OTHER));
    }
    int runEnd = skip(after, CharacterClasses.SPACE);
    int lastBreak = runEnd;
    while (lastBreak > start && !isLineBreak(text.charAt(lastBreak - 1))) {
      lastBreak--;
    }
    if (lastBreak > start) {
      return lastBreak;
    }
    return runEnd == end || runEnd == after ? runEnd : runEnd - 1;
  }

  /** Letters of the contraction behind an apostrophe, 0 if there is none; case is folded. */
  private int contraction(int at) {
    int first = folded(at);
    int second = folded(at + 1);
    boolean two =
        (first == 'r' && second == 'e')
            || (first == 'v' && second == 'e')
            || (first == 'l' && second == 'l');
    boolean one = first == 's' || first == 't' || first == 'm' || first == 'd';
    return two ? 2 : one ? 1 : 0;
  }

  /** Simple case folding as far as the contractions need it: the long s folds to s. */
  private int folded(int at) {
    char c = at < end ? text.charAt(at) : 0;
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c == LONG_S ? 's' : c;
  }

  private int lineBreaks(int start) {
    int at = start;
    while (at < end && isLineBreak(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skip(int start, byte characterClass) {
    int at = start;
    while (at < end && classAt(at) == characterClass) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** The class of the character at an index; past the end -1. */
  private byte classAt(int at) {
    return at < end ? CharacterClasses.of(text.codePointAt(at)) : -1;
  }

  private static boolean isLineBreak(int c) {
    return c == '\r' || c == '\n';
  }
}
