package org.sightmill.pipeline.quality;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A question as comparisons see it. Letters of scripts without spaces are words of their own.
 *
 * @param words in order, lower case; numbers and mathematical symbols among them
 * @param essentials what the question turns on, in order: numbers, mathematical symbols, LaTeX
 *     commands, and names of points and lines such as ABC. Two questions that differ here ask
 *     different things, however alike they sound
 */
record QuestionText(List<String> words, List<String> essentials) {
  /** Symbols that Unicode does not class as mathematical. */
  private static final String MORE_SYMBOLS = "*/^%°";

  /** Longer words in capitals are emphasis rather than names. */
  private static final int MAX_NAME_LETTERS = 5;

  QuestionText {
    words = List.copyOf(words);
    essentials = List.copyOf(essentials);
  }

  /** Null counts as empty. */
  static QuestionText of(String text) {
    return text == null
        ? new QuestionText(List.of(), List.of())
        : new Scanner(Normalizer.normalize(text, Normalizer.Form.NFKC)).scan();
  }

  /** The words in one text. */
  String joined() {
    return String.join(" ", words);
  }

  /** One pass over the code points. */
  private static final class Scanner {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<String> essentials = new ArrayList<>();
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    QuestionText scan() {
      while (at < text.length()) {
        int c = text.codePointAt(at);
        if (Character.isDigit(c)) {
          essential(number());
        } else if (standsAlone(c)) {
          words.add(Character.toString(c));
          at += Character.charCount(c);
        } else if (Character.isLetter(c)) {
          word();
        } else {
          symbol(c);
        }
      }
      return new QuestionText(words, essentials);
    }

    private void essential(String word) {
      words.add(word);
      essentials.add(word);
    }

    /** Digits with points and commas between them; the commas are left out: 1,000 is 1000. */
    private String number() {
      StringBuilder number = new StringBuilder();
      while (at < text.length() && (digit(at) || (isPoint(at) && digit(at - 1) && digit(at + 1)))) {
        if (text.charAt(at) != ',') {
          number.append(text.charAt(at));
        }
        at++;
      }
      return number.toString();
    }

    private boolean digit(int index) {
      return index < text.length() && Character.isDigit(text.charAt(index));
    }

    private boolean isPoint(int index) {
      return text.charAt(index) == '.' || text.charAt(index) == ',';
    }

    private void word() {
      int start = at;
      while (at < text.length() && isWordPart(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      String word = text.substring(start, at);
      boolean command = start > 0 && text.charAt(start - 1) == '\\';
      words.add(word.toLowerCase(Locale.ROOT));
      if (command || isName(word)) {
        essentials.add(word);
      }
    }

    private static boolean isWordPart(int c) {
      return Character.isLetter(c) && !standsAlone(c);
    }

    /** "A" and "I" begin sentences. */
    private static boolean isName(String word) {
      return word.length() <= MAX_NAME_LETTERS
          && !word.equals("A")
          && !word.equals("I")
          && word.chars().allMatch(Character::isUpperCase);
    }

    private static boolean standsAlone(int c) {
      return Character.isIdeographic(c)
          || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA
          || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA
          || Character.UnicodeScript.of(c) == Character.UnicodeScript.THAI;
    }

    /** A hyphen within a word is punctuation, one before anything else a minus. */
    private void symbol(int c) {
      boolean hyphen = c == '-' && !(at > 0 && Character.isLetter(text.charAt(at - 1)));
      if (hyphen || Character.getType(c) == Character.MATH_SYMBOL || MORE_SYMBOLS.indexOf(c) >= 0) {
        essential(Character.toString(c));
      }
      at += Character.charCount(c);
    }
  }
}
