package org.sightmill.pipeline.collect.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options in whatever form they were written: with {@code A)}, {@code A.}, {@code (A)} or nothing
 * before them, one of them empty or a dash, or split in the wrong place.
 *
 * @param texts the options, without letters and empty ones
 * @param letters the letter that each had in the source
 */
record LetteredOptions(List<String> texts, List<Character> letters) {
  private static final Pattern PREFIX = Pattern.compile("\\s*[(\\[]?([A-Za-z])[).:\\]]\\s*");
  private static final Pattern LABEL =
      Pattern.compile("\\s*[(\\[]?([A-Za-z])[)\\].:]*(?:\\s+.*)?", Pattern.DOTALL);
  private static final Pattern BARE_LABEL = Pattern.compile("\\s*[(\\[]?([A-Za-z])[)\\].:]*\\s*");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?:answer is|answer:|option)\\s*[(\\[]?([A-Z])\\b", Pattern.CASE_INSENSITIVE);

  static LetteredOptions of(List<String> given) {
    List<String> whole = isLettered(given) ? putTogether(given) : given;
    List<String> texts = new ArrayList<>();
    List<Character> letters = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      char letter = (char) ('A' + i);
      String text = withoutPrefix(whole.get(i), letter);
      if (!text.isEmpty() && !text.equals("-")) {
        texts.add(text);
        letters.add(letter);
      }
    }
    return new LetteredOptions(List.copyOf(texts), List.copyOf(letters));
  }

  /** Whether the first option bears its letter: then the others should too. */
  private static boolean isLettered(List<String> given) {
    return !given.isEmpty() && prefixed(given.get(0), 'A');
  }

  private static boolean prefixed(String option, char letter) {
    Matcher prefix = PREFIX.matcher(option);
    return prefix.lookingAt() && Character.toUpperCase(prefix.group(1).charAt(0)) == letter;
  }

  /** Joins what belongs together and cuts before each letter whose turn it is. */
  private static List<String> putTogether(List<String> given) {
    List<String> whole = new ArrayList<>();
    for (String piece : given) {
      if (prefixed(piece, (char) ('A' + whole.size()))) {
        cut(piece, whole);
      } else if (isOnlyEmpty(piece)) {
        whole.add("-");
      } else {
        int last = whole.size() - 1;
        String joined = whole.remove(last) + " " + piece.strip();
        cut(joined, whole);
      }
    }
    return whole;
  }

  private static boolean isOnlyEmpty(String piece) {
    return piece.isBlank() || piece.strip().equals("-");
  }

  private static void cut(String piece, List<String> whole) {
    String rest = piece;
    while (true) {
      char following = (char) ('A' + whole.size() + 1);
      Matcher next = Pattern.compile("\\s[(\\[]?" + following + "[)\\]:]\\s*(?=\\S)").matcher(rest);
      if (!next.find()) {
        whole.add(rest.strip());
        return;
      }
      whole.add(rest.substring(0, next.start()).strip());
      rest = rest.substring(next.start()).strip();
    }
  }

  private static String withoutPrefix(String option, char letter) {
    Matcher prefix = PREFIX.matcher(option);
    boolean own = prefixed(option, letter) && prefix.lookingAt();
    return (own ? option.substring(prefix.end()) : option).strip();
  }

  /** The letter, among {@link #texts}, of the option that a label names. */
  Optional<String> letter(String label) {
    Matcher bare = BARE_LABEL.matcher(label);
    if (bare.matches()) {
      return byLetter(bare.group(1));
    }
    Optional<String> byText = byText(label);
    if (byText.isPresent()) {
      return byText;
    }
    Matcher leading = LABEL.matcher(label);
    if (leading.matches() && PREFIX.matcher(label).lookingAt()) {
      return byLetter(leading.group(1));
    }
    return Marks.last(TOKEN, label).flatMap(this::byLetter);
  }

  private Optional<String> byLetter(String letter) {
    int index = letters.indexOf(Character.toUpperCase(letter.charAt(0)));
    return index < 0 ? Optional.empty() : Optional.of(letterAt(index));
  }

  private Optional<String> byText(String label) {
    for (int i = 0; i < texts.size(); i++) {
      String bare = withoutPrefix(label, letters.get(i));
      if (loose(texts.get(i)).equals(loose(bare))) {
        return Optional.of(letterAt(i));
      }
    }
    return Optional.empty();
  }

  private static String letterAt(int index) {
    return String.valueOf((char) ('A' + index));
  }

  private static String loose(String text) {
    return text.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
  }
}
