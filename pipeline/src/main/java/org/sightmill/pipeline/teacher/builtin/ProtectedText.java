package org.sightmill.pipeline.teacher.builtin;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The parts of a text that must stay as they are: code, LaTeX, quotations and block quotes. An
 * opening mark without its closing one protects nothing, except a code fence, which runs to the
 * end. Linear: a search that failed is not made again for the same stretch.
 */
final class ProtectedText {
  /** A longer stretch between single marks is two apostrophes, not a quotation. */
  private static final int MAX_SINGLE_QUOTED_CHARS = 300;

  /** Bounds the argument of a LaTeX text command outside a formula. */
  private static final int MAX_BRACED_CHARS = 1_000;

  private final String text;
  private final BitSet marked = new BitSet();

  /** By closing mark: below this index there is none. */
  private final Map<String, Integer> noneBelow = new HashMap<>();

  private int lineEnd = -1;
  private int paragraphEnd = -1;

  private ProtectedText(String text) {
    this.text = text;
  }

  /** Bit i is set where character i must stay. */
  static BitSet of(String text) {
    ProtectedText result = new ProtectedText(text);
    result.scan();
    return result.marked;
  }

  private void scan() {
    int i = 0;
    while (i < text.length()) {
      int end = Math.max(endOfLineBlock(i), endOfSpan(i));
      if (end > i) {
        marked.set(i, end);
        i = end;
      } else {
        i++;
      }
    }
  }

  private int endOfLineBlock(int i) {
    if (i > 0 && text.charAt(i - 1) != '\n') {
      return -1;
    }
    int start = i;
    while (start < text.length() && start < i + 3 && text.charAt(start) == ' ') {
      start++;
    }
    if (text.startsWith("```", start) || text.startsWith("~~~", start)) {
      return endOfFence(start);
    }
    return text.startsWith(">", start) ? endOfLine(start) : -1;
  }

  private int endOfFence(int start) {
    String mark = text.substring(start, start + 3);
    int infoEnd = endOfLine(start);
    // ```code``` on one line is a span, not a fence.
    if (mark.charAt(0) == '`'
        && text.substring(start + 3, infoEnd).replaceAll("^`+", "").contains("`")) {
      return -1;
    }
    int close = text.indexOf("\n" + mark, infoEnd);
    return close < 0 ? text.length() : lineEndFrom(close + 1);
  }

  private int endOfSpan(int i) {
    return switch (text.charAt(i)) {
      case '`' -> endOfCode(i);
      case '$' -> endOfDollars(i);
      case '\\' -> endOfLatex(i);
      case '"' -> opensQuote(i) ? closing("\"", i + 2, endOfParagraph(i), this::isBehindText) : -1;
      case '\'' -> endOfSingleQuote(i, "'");
      case '\u2018' -> endOfSingleQuote(i, "\u2019");
      case '\u201c' -> closing("\u201d", i + 1, endOfParagraph(i), j -> true);
      case '\u201e' -> endOfLowQuote(i);
      case '\u00ab' -> closing("\u00bb", i + 1, endOfParagraph(i), j -> true);
      default -> -1;
    };
  }

  private int endOfCode(int i) {
    int length = backticks(i);
    String mark = "`".repeat(length);
    int close = closing(mark, i + length, text.length(), j -> isWholeRun(j, length));
    // Unclosed marks hold no word; passing over them as a whole keeps runs apart.
    return Math.max(close, i + length);
  }

  private boolean isWholeRun(int j, int length) {
    return text.charAt(j - 1) != '`' && backticks(j) == length;
  }

  private int backticks(int i) {
    int end = i;
    while (end < text.length() && text.charAt(end) == '`') {
      end++;
    }
    return end - i;
  }

  private int endOfDollars(int i) {
    if (isEscaped(i)) {
      return -1;
    }
    if (text.startsWith("$$", i)) {
      return Math.max(i + 2, closing("$$", i + 2, text.length(), j -> true));
    }
    boolean opens = i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1));
    return opens ? closing("$", i + 2, endOfParagraph(i), this::closesFormula) : -1;
  }

  /** Pandoc's rule, so that prices are not formulas: no space before, no digit behind. */
  private boolean closesFormula(int j) {
    boolean digitBehind = j + 1 < text.length() && Character.isDigit(text.charAt(j + 1));
    return !isEscaped(j) && isBehindText(j) && !digitBehind;
  }

  private int endOfLatex(int i) {
    if (text.startsWith("\\(", i)) {
      return closing("\\)", i + 2, text.length(), j -> true);
    }
    if (text.startsWith("\\[", i)) {
      return closing("\\]", i + 2, text.length(), j -> true);
    }
    if (text.startsWith("\\begin{", i)) {
      int brace = text.substring(i, Math.min(i + 40, text.length())).indexOf('}');
      return brace < 0
          ? -1
          : closing("\\end" + text.substring(i + 6, i + brace + 1), i, text.length(), j -> true);
    }
    boolean command = text.startsWith("\\text{", i) || text.startsWith("\\boxed{", i);
    return command ? endOfBraces(text.indexOf('{', i)) : -1;
  }

  private int endOfBraces(int open) {
    int depth = 0;
    int limit = Math.min(text.length(), open + MAX_BRACED_CHARS);
    for (int j = open; j < limit; j++) {
      depth += text.charAt(j) == '{' ? 1 : text.charAt(j) == '}' ? -1 : 0;
      if (depth == 0) {
        return j + 1;
      }
    }
    return -1;
  }

  private int endOfSingleQuote(int i, String close) {
    if (!opensQuote(i)) {
      return -1;
    }
    int limit = Math.min(endOfLine(i), i + MAX_SINGLE_QUOTED_CHARS);
    return closing(close, i + 2, limit, j -> isBehindText(j) && !isWordAt(j + 1));
  }

  private int endOfLowQuote(int i) {
    int limit = endOfParagraph(i);
    int close = closing("\u201c", i + 1, limit, j -> true);
    return close > 0 ? close : closing("\u201d", i + 1, limit, j -> true);
  }

  /** Behind a letter or digit the mark is an apostrophe or inches. */
  private boolean opensQuote(int i) {
    boolean textFollows = i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1));
    return textFollows && !isWordAt(i - 1);
  }

  private boolean isWordAt(int i) {
    return i >= 0 && i < text.length() && Character.isLetterOrDigit(text.charAt(i));
  }

  private boolean isBehindText(int j) {
    return !Character.isWhitespace(text.charAt(j - 1));
  }

  private boolean isEscaped(int i) {
    return i > 0 && text.charAt(i - 1) == '\\';
  }

  /** The index behind the first {@code mark} in [from, limit) that {@code closes}, or -1. */
  private int closing(String mark, int from, int limit, IntPredicate closes) {
    if (limit <= noneBelow.getOrDefault(mark, -1)) {
      return -1;
    }
    for (int j = from; j + mark.length() <= limit; j++) {
      if (text.startsWith(mark, j) && closes.test(j)) {
        return j + mark.length();
      }
    }
    noneBelow.put(mark, limit);
    return -1;
  }

  private int endOfLine(int from) {
    if (from > lineEnd) {
      lineEnd = lineEndFrom(from);
    }
    return lineEnd;
  }

  private int lineEndFrom(int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 ? text.length() : newline;
  }

  private int endOfParagraph(int from) {
    if (from > paragraphEnd) {
      int blank = text.indexOf("\n\n", from);
      paragraphEnd = blank < 0 ? text.length() : blank;
    }
    return paragraphEnd;
  }
}
