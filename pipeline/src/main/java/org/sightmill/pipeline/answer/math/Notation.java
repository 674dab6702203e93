package org.sightmill.pipeline.answer.math;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the many ways to type a formula to one: Unicode signs, spacing, size and style commands.
 */
final class Notation {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣ";
  private static final String SUPERSCRIPT_VALUES = "0123456789-+nx";
  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₋₊ₙₓ";

  private static final Map<Character, String> SIGNS =
      Map.ofEntries(
          Map.entry('×', "\\times "),
          Map.entry('⋅', "\\cdot "),
          Map.entry('·', "\\cdot "),
          Map.entry('∙', "\\cdot "),
          Map.entry('•', "\\cdot "),
          Map.entry('∗', "*"),
          Map.entry('÷', "\\div "),
          Map.entry('−', "-"),
          Map.entry('–', "-"),
          Map.entry('—', "-"),
          Map.entry('‐', "-"),
          Map.entry('‑', "-"),
          Map.entry('∕', "/"),
          Map.entry('⁄', "/"),
          Map.entry('≤', "\\le "),
          Map.entry('⩽', "\\le "),
          Map.entry('≥', "\\ge "),
          Map.entry('⩾', "\\ge "),
          Map.entry('≠', "\\ne "),
          Map.entry('≈', "\\approx "),
          Map.entry('∞', "\\infty "),
          Map.entry('∪', "\\cup "),
          Map.entry('∩', "\\cap "),
          Map.entry('∈', "\\in "),
          Map.entry('±', "\\pm "),
          Map.entry('∓', "\\mp "),
          Map.entry('°', "^\\circ "),
          Map.entry('º', "^\\circ "),
          Map.entry('˚', "^\\circ "),
          Map.entry('∠', "\\angle "),
          Map.entry('△', "\\triangle "),
          Map.entry('′', "'"),
          Map.entry('’', "'"),
          Map.entry('π', "\\pi "),
          Map.entry('∅', "\\emptyset "),
          Map.entry('ℝ', "\\mathbb{R}"),
          Map.entry('∑', "\\sum "),
          Map.entry('∫', "\\int "),
          Map.entry('，', ","),
          Map.entry('：', ":"),
          Map.entry('；', ";"),
          Map.entry('。', "."),
          Map.entry('、', ","),
          Map.entry('⟨', "\\langle "),
          Map.entry('⟩', "\\rangle "),
          Map.entry('⌊', "\\lfloor "),
          Map.entry('⌋', "\\rfloor "),
          Map.entry('⌈', "\\lceil "),
          Map.entry('⌉', "\\rceil "),
          Map.entry('…', "\\ldots "),
          Map.entry('\u00a0', " "),
          Map.entry('\ufeff', " "),
          Map.entry('\u200b', " "),
          Map.entry('\u0000', " "));

  private static final Pattern SIZES =
      Pattern.compile(
          "\\\\(?:left|right|bigl|bigr|Bigl|Bigr|biggl|biggr|bigg|Bigg|big|Big)(?![a-zA-Z])\\s*");
  private static final Pattern STYLES =
      Pattern.compile(
          "\\\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|mathstrut|strut|hfill|centering|normalsize|large|bf|rm|it)(?![a-zA-Z])");
  private static final Pattern SPACES =
      Pattern.compile(
          "\\\\q?quad|(?<!\\\\)\\\\(?:[,;:! \\n]|thinspace|enspace|space|hspace\\{[^{}]*\\})(?![a-zA-Z])|~");
  private static final Pattern TIGHT_SPACES = Pattern.compile("(?<!\\\\)\\\\[,;:! ]");
  private static final Pattern ROW_GAPS =
      Pattern.compile("(?<=\\\\\\\\)\\s*\\[-?[\\d.]+ ?(?:pt|em|ex|mm|cm)]|\\\\hline(?![a-zA-Z])");
  private static final Pattern ALL_REALS =
      Pattern.compile(
          "(?i)\\\\(?:text|mathrm|mbox)\\{\\s*(?:all |the )?real(?: number)?s\\s*}|\\b(?:the set of )?all real(?: number)?s\\b");
  private static final Pattern NO_SOLUTION =
      Pattern.compile(
          "(?i)\\\\(?:text|mathrm|mbox)\\{\\s*(?:there (?:is|are) )?no (?:real )?solutions?\\s*}|\\b(?:there (?:is|are) )?no (?:real )?solutions?\\b");
  private static final Pattern JOINED_COMMA = Pattern.compile("(?<=\\d)\\{,\\}(?=\\d{3}(?!\\d))");
  private static final Pattern SPACED_COMMA = Pattern.compile("(?<=\\d),\\\\[!,](?=\\d{3})");
  private static final Pattern DOUBLED = Pattern.compile("\\\\\\\\(?=[a-zA-Z])");
  private static final Pattern FRACTIONS = Pattern.compile("\\\\[dtc]frac(?![a-zA-Z])");

  private static final Pattern REVERSED =
      Pattern.compile("\\s*([\\[\\]])([^\\[\\]{}()]*,[^\\[\\]{}()]*)([\\[\\]])\\s*");

  /** Longest text in which the names of sets are looked for, in characters. */
  private static final int MAX_NAMED = 200;

  /** Length of the shortest such name. */
  private static final int MIN_NAMED = 9;

  private Notation() {}

  /** The text in the notation the lexer reads. Linear in its length. */
  static String clean(String raw) {
    // TeX for a comma without the space behind it.
    String text = named(raw.replace("{,}", ","));
    String latex = openEnds(signs(text));
    if (latex.indexOf('\\') < 0) {
      return latex;
    }
    latex = SPACED_COMMA.matcher(latex).replaceAll("");
    latex = JOINED_COMMA.matcher(latex).replaceAll("");
    latex = ROW_GAPS.matcher(latex).replaceAll("");
    latex = FRACTIONS.matcher(latex).replaceAll("\\\\frac");
    latex = SIZES.matcher(latex).replaceAll("");
    if (!latex.contains("\\begin")) {
      latex = DOUBLED.matcher(latex).replaceAll("\\\\");
    }
    latex = TIGHT_SPACES.matcher(latex).replaceAll(" ");
    latex = STYLES.matcher(latex).replaceAll(" ");
    return SPACES.matcher(latex).replaceAll(" ");
  }

  /** Sets that people name in words. */
  private static String named(String text) {
    if (text.length() > MAX_NAMED || text.length() < MIN_NAMED) {
      return text;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.contains("real") && !lower.contains("solution")) {
      return text;
    }
    String reals = ALL_REALS.matcher(text).replaceAll("\\\\mathbb{R}");
    return NO_SOLUTION.matcher(reals).replaceAll("\\\\emptyset ");
  }

  /** ]a, b[ as some countries write open intervals. */
  private static String openEnds(String text) {
    Matcher reversed = REVERSED.matcher(text);
    if (!reversed.matches()) {
      return text;
    }
    String open = reversed.group(1).equals("]") ? "(" : "[";
    return open + reversed.group(2) + (reversed.group(3).equals("[") ? ")" : "]");
  }

  private static String signs(String text) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      i = appendSign(text, i, out);
    }
    return Normalizer.normalize(out, Normalizer.Form.NFKC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 126 || text.charAt(i) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Appends what the character at {@code i} means and returns the last index used. */
  private static int appendSign(String text, int i, StringBuilder out) {
    char c = text.charAt(i);
    if (SUPERSCRIPTS.indexOf(c) >= 0) {
      return appendScript(text, i, SUPERSCRIPTS, "^{", out);
    }
    if (SUBSCRIPTS.indexOf(c) >= 0) {
      return appendScript(text, i, SUBSCRIPTS, "_{", out);
    }
    if (c == '√' || c == '∛') {
      out.append(c == '√' ? "\\sqrt" : "\\sqrt[3]");
      return appendRadicand(text, i, out);
    }
    String sign = SIGNS.get(c);
    if (sign != null) {
      out.append(sign);
    } else {
      appendLetter(c, out);
    }
    return i;
  }

  private static void appendLetter(char c, StringBuilder out) {
    String plain = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
    int slash = plain.indexOf('⁄');
    if (slash > 0) {
      out.append("\\frac{").append(plain, 0, slash).append("}{");
      out.append(plain.substring(slash + 1)).append('}');
    } else {
      out.append(c);
    }
  }

  private static int appendScript(
      String text, int from, String alphabet, String open, StringBuilder out) {
    int i = from;
    out.append(open);
    while (i < text.length() && alphabet.indexOf(text.charAt(i)) >= 0) {
      out.append(SUPERSCRIPT_VALUES.charAt(alphabet.indexOf(text.charAt(i))));
      i++;
    }
    out.append('}');
    return i - 1;
  }

  private static int appendRadicand(String text, int root, StringBuilder out) {
    int end = root + 1;
    while (end < text.length() && (Character.isDigit(text.charAt(end)) || isPoint(text, end))) {
      end++;
    }
    if (end == root + 1) {
      out.append(' ');
      return root;
    }
    out.append('{').append(text, root + 1, end).append('}');
    return end - 1;
  }

  private static boolean isPoint(String text, int i) {
    return text.charAt(i) == '.' && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
  }
}
