package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the words or signs around a number make of it: a bound, a denial, or nothing. */
enum Qualifier {
  /** The value itself. */
  NONE("(?!)", "(?!)"),
  /** "at least 5", "5 or more". */
  AT_LEAST(
      "at least|no (?:less|fewer) than|not (?:less|fewer) than|a minimum of|minimum|≥|>=|\\\\geq?(?:slant)?",
      "or (?:more|greater|above|higher|larger)|at least|and (?:up|above)|minimum|\\+"),
  /** "at most 5", "5 or less". */
  AT_MOST(
      "at most|no more than|not more than|up to|a maximum of|maximum|≤|<=|\\\\leq?(?:slant)?",
      "or (?:less|fewer|below|lower|smaller)|at most|maximum"),
  /** "more than 5". */
  MORE(
      "(?:more|greater|larger|higher|bigger|longer|older) than|(?<!\\d )over|above|exceed(?:s|ing)?"
          + "|upwards of|>|\\\\gt",
      "(?!)"),
  /** "less than 5". */
  LESS("(?:less|fewer|smaller|lower|shorter|younger) than|under|below|<|\\\\lt", "(?!)"),
  /** "not 5". */
  NOT("not|never|isn[’']t|aren[’']t|anything but|other than|≠|!=|\\\\neq?", "(?!)"),
  /** The last of several: "4 or 5", "4 to 5", "between 4 and 5"; but "4.6 rounds to 5". */
  ONE_OF_SEVERAL(
      "\\d\\s?[a-z%°]{0,10} or"
          + "|\\d\\s?(?:[a-z%°]{1,3}|years|months|days|hours|minutes|meters|feet|inches|dollars)? to"
          + "|between [$(]*[\\d.,]+\\s?[a-z%°]{0,10} and",
      "(?!)");

  /** How much of the text before and behind a number can qualify it, in characters. */
  private static final int REACH = 40;

  private static final List<Qualifier> ALL = List.of(values());

  private final Pattern before;
  private final Pattern behind;

  Qualifier(String before, String behind) {
    this.before = Pattern.compile("(?<![a-z\\\\])(?:" + before + ")[\\s$({:*]*\\z");
    this.behind =
        Pattern.compile("\\A[\\s$)}*]*(?:[a-z%°]+\\s+)?(?:" + behind + ")(?![a-z\\d\\s]*\\d)");
  }

  /** What qualifies the last place where {@code number} stands, or the beginning of the text. */
  static Qualifier of(String text, String number) {
    String flat = Statements.tail(text).toLowerCase(Locale.ROOT);
    int at = flat.lastIndexOf(number.toLowerCase(Locale.ROOT));
    if (at < 0) {
      return beforeWords(flat);
    }
    int end = at + number.length();
    return around(
        flat.substring(Math.max(0, at - REACH), at),
        flat.substring(end, Math.min(flat.length(), end + REACH)));
  }

  private static Qualifier around(String head, String tail) {
    boolean before = !head.isBlank();
    boolean behind = !tail.isBlank();
    if (before || behind) {
      for (Qualifier qualifier : ALL) {
        if ((before && qualifier.before.matcher(head).find())
            || (behind && qualifier.behind.matcher(tail).find())) {
          return qualifier;
        }
      }
    }
    return NONE;
  }

  /** A number in words is not found by its digits: what the text begins with qualifies it. */
  private static Qualifier beforeWords(String flat) {
    String[] words = flat.strip().split("\\s+", 5);
    String head = "";
    for (int i = 0; i < Math.min(4, words.length); i++) {
      head = (head + " " + words[i]).strip();
      Qualifier found = around(head, "");
      if (found != NONE && i + 1 < words.length) {
        return found;
      }
    }
    return NONE;
  }
}
