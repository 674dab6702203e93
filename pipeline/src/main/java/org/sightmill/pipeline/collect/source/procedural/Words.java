package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;

/** English in small pieces. */
final class Words {
  private static final List<String> NUMBERS =
      List.of(
          "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  private Words() {}

  /** {@code a, b and c}. */
  static String join(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    String head = String.join(", ", parts.subList(0, parts.size() - 1));
    return head + " and " + parts.get(parts.size() - 1);
  }

  /** The number as a word up to twelve, then in digits. */
  static String number(int value) {
    return value < NUMBERS.size() ? NUMBERS.get(value) : String.valueOf(value);
  }

  /** {@code 1 red cube} as {@code a red cube}, {@code 3 red cubes} as {@code three red cubes}. */
  static String counted(String group) {
    int space = group.indexOf(' ');
    int count = Integer.parseInt(group.substring(0, space));
    String rest = group.substring(space + 1);
    return count == 1 ? withArticle(rest) : number(count) + " " + rest;
  }

  /** With its first letter in upper case. */
  static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** {@code a cube}, {@code an orange}. */
  static String withArticle(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  /** {@code there are 2 red cubes and 1 blue sphere}, for groups that begin with their number. */
  static String thereAre(List<String> groups) {
    return (groups.get(0).startsWith("1 ") ? "there is " : "there are ") + join(groups);
  }

  /** {@code there is} or {@code there are}. */
  static String thereAre(int count) {
    return count == 1 ? "there is" : "there are";
  }
}
