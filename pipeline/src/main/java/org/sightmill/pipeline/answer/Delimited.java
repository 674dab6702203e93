package org.sightmill.pipeline.answer;

import java.util.ArrayList;
import java.util.List;

/** Finds formulas between math delimiters. Linear in the length of the text. */
final class Delimited {
  /**
   * A formula with its delimiters.
   *
   * @param start where the opening delimiter begins
   * @param from where the formula begins
   * @param to where it ends
   * @param end where the closing delimiter ends
   */
  record Span(int start, int from, int to, int end) {
    String content(String text) {
      return text.substring(from, to).strip();
    }
  }

  private static final List<String[]> PAIRS =
      List.of(
          new String[] {"\\[", "\\]"},
          new String[] {"\\(", "\\)"},
          new String[] {"$$", "$$"},
          new String[] {"$", "$"});

  private final String text;
  private final List<Span> spans = new ArrayList<>();

  /** The position from which a closing delimiter was looked for in vain, by pair. */
  private final int[] vain = {
    Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE
  };

  private Delimited(String text) {
    this.text = text;
  }

  static List<Span> spans(String text) {
    Delimited delimited = new Delimited(text);
    int at = 0;
    while (at < text.length()) {
      at = delimited.next(at);
    }
    return delimited.spans;
  }

  /** Looks at one position and returns the next one to look at. */
  private int next(int at) {
    for (int pair = 0; pair < PAIRS.size(); pair++) {
      String open = PAIRS.get(pair)[0];
      if (text.startsWith(open, at)) {
        return open(at, pair, at + open.length());
      }
    }
    return at + (text.charAt(at) == '\\' ? 2 : 1);
  }

  private int open(int start, int pair, int from) {
    String close = PAIRS.get(pair)[1];
    int to = from >= vain[pair] ? -1 : closing(close, from);
    if (to < 0) {
      vain[pair] = Math.min(vain[pair], from);
      return from;
    }
    if (to > from) {
      spans.add(new Span(start, from, to, to + close.length()));
    }
    return to + close.length();
  }

  private int closing(String close, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith(close, i)) {
        return i;
      }
      if (text.charAt(i) == '\\') {
        i++;
      }
    }
    return -1;
  }
}
