package org.sightmill.pipeline.answer;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** English words for numbers up to trillions. */
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
  private static final Map<String, Long> SCALES =
      Map.of(
          "thousand", 1_000L,
          "million", 1_000_000L,
          "billion", 1_000_000_000L,
          "trillion", 1_000_000_000_000L);
  private static final Set<String> PRONOUNS = Set.of("them", "these", "those");
  private static final int MAX_SPELLED = 160;
  private static final int MAX_WORDS = 16;
  private static final int MAX_MENTION = 120;
  private static final Pattern PLAIN_WORDS = Pattern.compile("[A-Za-z\\s.,!'°-]+");

  /** Words beside a number that make it another, or only part of the answer. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "(?i)[\\s-](?:or|not|no|never|than|least|most|between|half|halves|thirds?|quarters?|fourths?"
              + "|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|dozens?|times|point|minus|negative"
              + "|plus|percent|about|around|over|under|and|but|both|either|neither|n't)[\\s.,!]");

  /** A sign in words in front of digits, and digits in front of a scale in words. */
  private static final Pattern SIGN =
      Pattern.compile(
          "(?<![\\d)}]\\s)\\b(?:minus|negative)\\s+(?=[$.\\d])", Pattern.CASE_INSENSITIVE);

  private static final Pattern SCALED =
      Pattern.compile(
          "(?<![\\w.,])(\\d{1,15}|\\d{1,3}(?:,\\d{3}){1,4})(\\.\\d{1,15})?[\\s-]*+(hundred|thousand|million"
              + "|billion|trillion)(?![\\p{L}])",
          Pattern.CASE_INSENSITIVE);

  /** "a million" is one of them. */
  private static final Pattern A_SCALE =
      Pattern.compile("\\Aan?\\s+(?=(?:hundred|thousand|million|billion|trillion)\\b)");

  /** 2.5k, as people and charts shorten thousands. */
  private static final Pattern KILO =
      Pattern.compile("(?<![\\w.,])(\\d{1,6}(?:\\.\\d{1,3})?)k(?![\\w^])");

  /** 1.234.567: two or more groups can't be decimal places. */
  private static final Pattern DOTTED =
      Pattern.compile("(?<![\\w.,])\\d{1,3}(?:\\.\\d{3}){2,5}(?![\\w.]|,\\d)");

  private static final Pattern PERCENT =
      Pattern.compile("(?i)\\s*([a-z -]{3,80}?)\\s+per\\s?cent[.!]?\\s*");

  private static final List<List<String>> PARTS =
      List.of(
          List.of("half", "halves"),
          List.of("third", "thirds"),
          List.of("quarter", "quarters", "fourth", "fourths"),
          List.of("fifth", "fifths"),
          List.of("sixth", "sixths"),
          List.of("seventh", "sevenths"),
          List.of("eighth", "eighths"),
          List.of("ninth", "ninths"),
          List.of("tenth", "tenths"));

  private static final Pattern END = Pattern.compile("[.!]+$");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s-]+");

  private NumberWords() {}

  /** Words that are nothing but a number, in digits. */
  static Optional<String> spelled(String text) {
    if (text.length() > MAX_SPELLED || text.isEmpty() || !Character.isLetter(text.charAt(0))) {
      return Optional.empty();
    }
    java.util.regex.Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return value(percent.group(1)).map(n -> n + "%");
    }
    Optional<String> whole = value(text).map(String::valueOf);
    return whole.isPresent() ? whole : fraction(text);
  }

  /**
   * "eight objects", "there are eight": the text from its only number word on, with that in digits;
   * empty where there are digits already, several numbers, or words that make another of it.
   */
  static Optional<String> mentioned(String text) {
    if (text.length() > MAX_MENTION || !PLAIN_WORDS.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] words = text.toLowerCase(Locale.ROOT).replaceAll("[.,!]", " ").strip().split("\\s+");
    int from = 0;
    while (from < words.length && !isNumber(words[from])) {
      from++;
    }
    int to = from;
    while (to < words.length && (isNumber(words[to]) || SCALES.containsKey(words[to]))) {
      to++;
    }
    boolean only = Arrays.stream(words, to, words.length).noneMatch(NumberWords::isNumber);
    boolean part = to < words.length && words[to].equals("of");
    boolean all = part && to + 1 < words.length && PRONOUNS.contains(words[to + 1]);
    boolean pronoun = from > 0 && to == from + 1 && words[from].equals("one");
    if (from == to
        || !only
        || pronoun
        || (part && !all)
        || CHANGING.matcher(" " + text + " ").find()) {
      return Optional.empty();
    }
    String rest = String.join(" ", Arrays.copyOfRange(words, to, words.length));
    return value(String.join(" ", Arrays.copyOfRange(words, from, to))).map(n -> n + " " + rest);
  }

  private static boolean isNumber(String word) {
    return word(word) >= 0 || (word.indexOf('-') > 0 && value(word).isPresent());
  }

  /** "half", "two thirds", "two and a half", "a dozen". */
  private static Optional<String> fraction(String text) {
    String bare = END.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("").strip();
    String[] words = bare.length() > 80 ? new String[0] : BETWEEN_WORDS.split(bare);
    String last = words.length == 0 ? "" : words[words.length - 1];
    String head = bare.substring(0, Math.max(0, bare.length() - last.length())).strip();
    head = head.endsWith("-") ? head.substring(0, head.length() - 1) : head;
    if (last.equals("dozen")) {
      return top(head).map(n -> String.valueOf(12 * n));
    }
    for (int i = 0; i < PARTS.size(); i++) {
      if (PARTS.get(i).contains(last)) {
        return parts(head, i + 2);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> parts(String head, int size) {
    int and = head.lastIndexOf(" and ");
    if (head.isEmpty() && size > 2) {
      return Optional.empty();
    }
    if (and < 0) {
      return head.isEmpty() ? Optional.of("1/2") : top(head).map(n -> n + "/" + size);
    }
    Optional<Long> whole = value(head.substring(0, and));
    Optional<Long> top = top(head.substring(and + " and ".length()));
    return whole.isPresent() && top.isPresent()
        ? Optional.of("%d/%d".formatted(whole.get() * size + top.get(), size))
        : Optional.empty();
  }

  private static Optional<Long> top(String words) {
    return words.equals("a") ? Optional.of(1L) : value(words);
  }

  /** Writes {@code minus 3} as {@code -3} and {@code 2.5 million} as {@code 2500000}. */
  static String inDigits(String text) {
    String whole = text.indexOf('.') == text.lastIndexOf('.') ? text : undotted(text);
    if (!Text.hasLetter(whole)) {
      return whole;
    }
    String signed = SIGN.matcher(whole).replaceAll("-");
    signed = KILO.matcher(signed).replaceAll("$1 thousand");
    return SCALED.matcher(signed).replaceAll(NumberWords::scaled);
  }

  private static String undotted(String text) {
    return DOTTED.matcher(text).replaceAll(number -> number.group().replace(".", ""));
  }

  private static String scaled(MatchResult match) {
    String places = match.group(2) == null ? "" : match.group(2);
    String word = match.group(3).toLowerCase(Locale.ROOT);
    BigDecimal scale = BigDecimal.valueOf(SCALES.getOrDefault(word, 100L));
    BigDecimal value = new BigDecimal(match.group(1).replace(",", "") + places);
    return value.multiply(scale).stripTrailingZeros().toPlainString();
  }

  /** The number these words say, alone; empty for anything else. */
  static Optional<Long> value(String text) {
    String bare = END.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("").strip();
    if (bare.isEmpty() || bare.length() > 160 || !Character.isLetter(bare.charAt(0))) {
      return Optional.empty();
    }
    boolean negative = bare.startsWith("minus ") || bare.startsWith("negative ");
    String words = negative ? bare.substring(bare.indexOf(' ') + 1) : bare;
    words = A_SCALE.matcher(words).replaceFirst("one ");
    return sum(BETWEEN_WORDS.split(words)).map(n -> negative ? -n : n);
  }

  private static Optional<Long> sum(String[] words) {
    long total = 0;
    long current = -1;
    long lastScale = Long.MAX_VALUE;
    for (String word : words.length > MAX_WORDS ? new String[0] : words) {
      if (word.equals("and") && current > 0) {
        continue;
      }
      long scale = SCALES.getOrDefault(word, 0L);
      int value = word(word);
      if (scale >= lastScale || (scale == 0 && value < 0)) {
        return Optional.empty();
      }
      if (scale > 0) {
        total += Math.max(1, current) * scale;
        lastScale = scale;
        current = 0;
      } else if (value == 100) {
        current = Math.max(1, current) * 100;
      } else if (!fits(current, value)) {
        return Optional.empty();
      } else {
        current = Math.max(0, current) + value;
      }
    }
    return current < 0 ? Optional.empty() : Optional.of(total + current);
  }

  /** twenty-one, but not one-twenty. */
  private static boolean fits(long current, int value) {
    return current <= 0
        || current % 100 == 0
        || (value < 10 && current % 10 == 0 && current % 100 >= 20);
  }

  private static int word(String word) {
    if (word.equals("hundred")) {
      return 100;
    }
    int unit = UNITS.indexOf(word);
    int ten = word.isEmpty() ? -1 : TENS.indexOf(word);
    return unit >= 0 ? unit : ten >= 2 ? ten * 10 : -1;
  }
}
