package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a text says what the answer is. */
final class Statements {
  /** A text longer than this is looked at from its end only. */
  static final int WINDOW = 8_000;

  private static final Pattern ANCHOR =
      Pattern.compile(
          "(?:answer|result|solution)s?(?:\\s+(?:here|to (?:this|the) \\w+))?\\s*(?:\\*\\*)?\\s*"
              + "(?:is|are|:|：|=|would be|should be|must be)[\\s*:：]*(?!\\s*not\\b)|答案(?:是|为|：|:)?",
          Pattern.CASE_INSENSITIVE);

  /** One of these is in every anchor, in any usual case; looked for first, as most have none. */
  private static final List<String> ANCHOR_HINTS =
      List.of("nswer", "NSWER", "esult", "ESULT", "olution", "OLUTION", "答案");

  private static final Pattern COPULA =
      Pattern.compile("\\b(?:is|are|equals|be|get|gives|give|to|that)\\s+(?=\\S)|(?:^|\\s)=\\s*");
  private static final Pattern JOINT = Pattern.compile("\\s*(?:,|;|,?\\s*(?:and|or)\\s*)\\s*");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s+[A-Z(])|\\n");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])[-+]?(?:\\d|\\.\\d)(?:[\\d,.]*\\d)?(?:\\s*/\\s*\\d+)?");

  private static final int MAX_GAP = 40;

  private static final int DENIAL_CHARS = 24;
  private static final Pattern DENIAL =
      Pattern.compile(
          "(?:(?:\\bnot|\\bnever|n't)(?:\\s+(?:be|equal|equal to|exactly))?"
              + "|\\b(?:rather|more|less|fewer|greater|larger|smaller) than|\\binstead of)[\\s$(]*\\z");

  private Statements() {}

  /** The end of a long text. */
  static String tail(String text) {
    return text.length() <= WINDOW ? text : text.substring(text.length() - WINDOW);
  }

  /** Where the last "the answer is" ends, or -1. */
  static int lastAnchor(String text) {
    for (String hint : ANCHOR_HINTS) {
      if (text.contains(hint)) {
        return lastEnd(ANCHOR, text);
      }
    }
    return -1;
  }

  /** The sentence behind the last "the answer is". */
  static Optional<String> afterAnchor(String text) {
    return after(lastAnchor(text), text);
  }

  /** The sentence behind the last "is", "equals" or equals sign. */
  static Optional<String> afterCopula(String text) {
    return after(lastEnd(COPULA, text), text);
  }

  private static int lastEnd(Pattern pattern, String text) {
    int end = -1;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      end = matcher.end();
    }
    return end;
  }

  private static Optional<String> after(int start, String text) {
    if (start < 0) {
      return Optional.empty();
    }
    String rest = text.substring(start).strip();
    return Optional.of(rest.substring(0, sentenceEnd(rest)).strip()).filter(s -> !s.isEmpty());
  }

  /** Where the first sentence ends: not inside a formula. */
  private static int sentenceEnd(String text) {
    List<Delimited.Span> spans = Delimited.spans(text);
    Matcher end = SENTENCE_END.matcher(text);
    while (end.find()) {
      int at = end.start();
      if (spans.stream().noneMatch(span -> span.start() < at && at < span.end())) {
        return at;
      }
    }
    return text.length();
  }

  /** The last formula between math delimiters, joined with its neighbours in a list. */
  static Optional<String> lastFormula(String text) {
    List<Delimited.Span> spans = Delimited.spans(text);
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    int first = spans.size() - 1;
    if (isDenied(text, spans.get(first).start())) {
      return Optional.empty();
    }
    StringBuilder joined = new StringBuilder(spans.get(first).content(text));
    while (first > 0) {
      String gap = text.substring(spans.get(first - 1).end(), spans.get(first).start());
      if (gap.length() > MAX_GAP || !JOINT.matcher(gap).matches()) {
        break;
      }
      first--;
      joined.insert(0, spans.get(first).content(text) + gap);
    }
    return Optional.of(joined.toString());
  }

  /** Whether the words right before say that this is not it. */
  private static boolean isDenied(String text, int at) {
    return DENIAL.matcher(text.substring(Math.max(0, at - DENIAL_CHARS), at)).find();
  }

  /** From the last number that is not denied to the end. */
  static Optional<String> lastNumber(String text) {
    int start = -1;
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      start = isDenied(text, matcher.start()) ? start : matcher.start();
    }
    return start < 0 ? Optional.empty() : Optional.of(text.substring(start));
  }

  /** The last number that is not denied, alone. */
  static Optional<String> lastBareNumber(String text) {
    String last = null;
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      last = isDenied(text, matcher.start()) ? last : matcher.group();
    }
    return Optional.ofNullable(last);
  }
}
