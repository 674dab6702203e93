package org.sightmill.pipeline.answer;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sightmill.pipeline.answer.math.Formula;

/**
 * Reads the formula out of an answer. In this order: a framed answer, unless a later sentence says
 * what the answer is; the whole text, if it is a formula; what follows "the answer is"; the last
 * formula between math delimiters; and, where the whole is a sentence, its last number.
 */
final class MathAnswer {
  private static final Pattern DELIMITERS =
      Pattern.compile(
          "(?<!\\\\)\\\\[\\[\\]()]|(?<!\\\\)\\$|(?<![\\w)}])\\*\\*|\\*\\*(?![\\w(\\\\])|`");
  private static final Pattern STRAY_DOLLAR = Pattern.compile("\\\\\\$(?!\\s*\\d)");
  private static final Pattern LEADING = Pattern.compile("\\A[\\s=:：≈]+|\\A\\s*\\\\approx\\s*");
  private static final Pattern ACCOUNTING = Pattern.compile("\\(\\s*\\\\?\\$\\s*([\\d.,]+)\\s*\\)");
  private static final Pattern TWICE = Pattern.compile("(\\d+)\\s*\\(([A-Za-z -]+)\\)\\.?");
  private static final Pattern ORDINAL = Pattern.compile("(\\d+)\\s*(?:st|nd|rd|th)");

  /**
   * A sentence before a negative number would else be words less a number. The words are bounded:
   * the matcher recurses for each.
   */
  private static final Pattern SENTENCE_MINUS =
      Pattern.compile("(?s)\\A(?:[A-Za-z]++\\s++){1,100}(?:is|are|was|equals)\\s+[-−]\\s*[\\d.].*");

  /** "I see 6 of them" is a sentence, though its short words could be products of letters. */
  private static final Pattern SUBJECT =
      Pattern.compile("(?i)(?:i|we|you|he|she|it|they)\\s+[a-z]{2,}\\s");

  /** "There are 7 left after 3 were removed": the count stands first, what explains it behind. */
  private static final Pattern EXISTENCE =
      Pattern.compile(
          "(?is)\\A\\W*there\\s+(?:are|is|were|was|will\\s+be|remain)\\s+([^,;:.\\n]{1,80}?)\\s+"
              + "(?:after|when|once|because|since|if)\\s[^,;:.\\n]{1,120}[.!]?\\s*\\z");

  private static final Pattern WORD = Pattern.compile("\\p{L}{2}|\\p{IsHan}");

  /** What makes more of a text than one number: a second number, an operator, minutes or feet. */
  private static final Pattern OTHER_SIGNS =
      Pattern.compile("\\d[^\\d]*[^\\d.,/][^\\d]*\\d|[-+*/^=<>]\\s*\\z|\\A[^'\"′″]*\\d\\s*['\"′″]");

  private static final Pattern WORDS_IN_TYPE =
      Pattern.compile("\\\\(?:text|textbf|textit|mathrm|mbox)\\s*\\{([^{}]*)}");

  /** How much of the end of a text is searched for a sentence, in characters. */
  private static final int SENTENCE = 2_000;

  private MathAnswer() {}

  /** The formula in {@code text}, without delimiters; empty when there is none. */
  static Optional<Formula> read(String text, Formula.Reading reading, Extraction extraction) {
    String tail = Statements.tail(text);
    String window = reading == Formula.Reading.NUMBER ? NumberWords.inDigits(tail) : tail;
    Optional<Framed.Frame> frame = Framed.last(window);
    if (frame.isEmpty() && Framed.isCut(window)) {
      return Optional.empty();
    }
    if (frame.isPresent()) {
      return framed(window, frame.get(), reading, extraction);
    }
    return plain(window, reading, extraction);
  }

  private static Optional<Formula> framed(
      String text, Framed.Frame frame, Formula.Reading reading, Extraction extraction) {
    String behind = text.substring(frame.end());
    if (extraction == Extraction.LENIENT && Statements.lastAnchor(behind) >= 0) {
      Optional<Formula> later = Statements.afterAnchor(behind).flatMap(s -> sentence(s, reading));
      if (later.isPresent()) {
        return later;
      }
    }
    Optional<Formula> inside = formula(frame.content(), reading);
    return inside.isPresent() ? inside : sentence(frame.content(), reading);
  }

  private static Optional<Formula> plain(
      String text, Formula.Reading reading, Extraction extraction) {
    boolean anchored = extraction == Extraction.LENIENT && Statements.lastAnchor(text) >= 0;
    Optional<Formula> whole = anchored ? Optional.empty() : formula(text, reading);
    if (whole.isPresent() || extraction == Extraction.STRICT) {
      return whole;
    }
    String tail = text.length() > SENTENCE ? text.substring(text.length() - SENTENCE) : text;
    String end = WORDS_IN_TYPE.matcher(tail).replaceAll(" $1 ");
    Optional<Formula> stated = Statements.afterAnchor(end).flatMap(s -> sentence(s, reading));
    return stated
        .or(() -> anchored ? formula(text, reading) : whole)
        .or(() -> sentence(end, reading));
  }

  /** The formula in a sentence. */
  private static Optional<Formula> sentence(String text, Formula.Reading reading) {
    Optional<Formula> whole = mathematical(text, reading);
    if (whole.isPresent()) {
      return whole;
    }
    Optional<Formula> delimited = Statements.lastFormula(text).flatMap(s -> formula(s, reading));
    if (delimited.isPresent()) {
      return delimited;
    }
    Optional<Formula> stated = Statements.afterCopula(text).flatMap(s -> mathematical(s, reading));
    return stated.isPresent() ? stated : number(text, reading);
  }

  private static Optional<Formula> number(String text, Formula.Reading reading) {
    if (!hasWord(text) && OTHER_SIGNS.matcher(text).find()) {
      return Optional.empty();
    }
    if (reading == Formula.Reading.NUMBER) {
      java.util.regex.Matcher existence = EXISTENCE.matcher(text);
      if (existence.matches()) {
        return number(existence.group(1), reading);
      }
    }
    String digits = reading == Formula.Reading.NUMBER ? spokenNumber(text) : text;
    Optional<Formula> measured =
        Statements.lastNumber(digits).flatMap(s -> mathematical(s, reading));
    return measured.isPresent() ? measured : Statements.lastBareNumber(digits).map(Formula::of);
  }

  private static boolean hasWord(String text) {
    return WORD.matcher(text).find();
  }

  private static Optional<Formula> mathematical(String text, Formula.Reading reading) {
    return formula(text, reading).filter(Formula::isMathematical);
  }

  private static Optional<Formula> formula(String text, Formula.Reading reading) {
    String bare = undelimited(text);
    java.util.regex.Matcher typed = WORDS_IN_TYPE.matcher(bare);
    String words = typed.matches() ? typed.group(1) : bare;
    String candidate =
        reading == Formula.Reading.NUMBER
            ? spokenNumber(typed.matches() && NumberWords.spelled(words).isPresent() ? words : bare)
            : NumberWords.spelled(words).orElse(bare);
    return Optional.of(candidate)
        .filter(c -> !c.isEmpty() && !isSentenceOfMinus(c))
        .map(Formula::of)
        .filter(Formula::isReadable)
        .filter(f -> reading == Formula.Reading.FORMULA || !SUBJECT.matcher(f.text()).lookingAt())
        // "After subtracting, 2 are left" is a sentence with a comma, not two answers.
        .filter(f -> reading == Formula.Reading.FORMULA || !isListOfWords(f));
  }

  private static boolean isSentenceOfMinus(String text) {
    return Character.isLetter(text.charAt(0)) && SENTENCE_MINUS.matcher(text).matches();
  }

  private static boolean isListOfWords(Formula formula) {
    String text = formula.text();
    boolean joined = text.indexOf(',') >= 0 || text.contains("and") || text.contains("or");
    return joined && hasWord(text) && formula.isOfWordsAndValues();
  }

  /** The text without math delimiters, emphasis and a leading equals sign. */
  static String undelimited(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("(") && ACCOUNTING.matcher(stripped).matches()) {
      return ACCOUNTING.matcher(stripped).replaceAll("-$1");
    }
    String rest = stripped.contains("\\$") ? behindStrayDollar(stripped) : stripped;
    String bare = DELIMITERS.matcher(rest).replaceAll(" ");
    return LEADING.matcher(bare).replaceFirst("").strip();
  }

  private static String behindStrayDollar(String text) {
    java.util.regex.Matcher stray = STRAY_DOLLAR.matcher(text);
    int start = 0;
    while (stray.find()) {
      start = stray.end() < text.length() ? stray.end() : start;
    }
    return text.substring(start);
  }

  private static String spokenNumber(String text) {
    if (!Text.hasLetter(text)) {
      return text;
    }
    java.util.regex.Matcher ordinal = ORDINAL.matcher(text);
    if (ordinal.matches()) {
      return ordinal.group(1);
    }
    java.util.regex.Matcher twice = TWICE.matcher(text);
    if (twice.matches()
        && NumberWords.spelled(twice.group(2)).equals(Optional.of(twice.group(1)))) {
      return twice.group(1);
    }
    return NumberWords.spelled(text).or(() -> NumberWords.mentioned(text)).orElse(text);
  }
}
