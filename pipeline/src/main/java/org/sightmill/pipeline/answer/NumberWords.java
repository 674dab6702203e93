package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** English words for numbers below a million. */
final class NumberWords {
  private static final List<String> UNITS =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");
  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final int MAX_WORDS = 12;

  private NumberWords() {}

  /** The number these words say, alone; empty for anything else. */
  static Optional<Integer> value(String text) {
    String bare = text.toLowerCase(Locale.ROOT).replaceAll("[.!]+$", "").strip();
    if (bare.isEmpty() || bare.length() > 120 || !Character.isLetter(bare.charAt(0))) {
      return Optional.empty();
    }
    boolean negative = bare.startsWith("minus ") || bare.startsWith("negative ");
    String words = negative ? bare.substring(bare.indexOf(' ') + 1) : bare;
    return sum(words.split("[\\s-]+")).map(n -> negative ? -n : n);
  }

  private static Optional<Integer> sum(String[] words) {
    int thousands = 0;
    int current = -1;
    for (String word : words.length > MAX_WORDS ? new String[0] : words) {
      if (word.equals("and") && current > 0) {
        continue;
      }
      int value = word(word);
      if (value < 0) {
        return Optional.empty();
      }
      if (value == 1_000) {
        thousands = Math.max(1, current) * 1_000;
        current = 0;
      } else if (value == 100) {
        current = Math.max(1, current) * 100;
      } else if (!fits(current, value)) {
        return Optional.empty();
      } else {
        current = Math.max(0, current) + value;
      }
    }
    return current < 0 ? Optional.empty() : Optional.of(thousands + current);
  }

  /** twenty-one, but not one-twenty. */
  private static boolean fits(int current, int value) {
    return current <= 0
        || current % 100 == 0
        || (value < 10 && current % 10 == 0 && current % 100 >= 20);
  }

  private static int word(String word) {
    if (word.equals("hundred")) {
      return 100;
    }
    if (word.equals("thousand")) {
      return 1_000;
    }
    int unit = UNITS.indexOf(word);
    int ten = word.isEmpty() ? -1 : TENS.indexOf(word);
    return unit >= 0 ? unit : ten >= 2 ? ten * 10 : -1;
  }
}
