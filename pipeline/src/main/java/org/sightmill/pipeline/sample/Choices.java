package org.sightmill.pipeline.sample;

import java.util.List;
import java.util.OptionalInt;

/** The options of a multiple choice question in order; the first is A. At most 26. */
public record Choices(List<String> options) {
  /** As many options as there are letters. */
  public static final int MAX_OPTIONS = 26;

  /** Copies the list; rejects an empty or too long one. */
  public Choices {
    options = List.copyOf(options);
    if (options.isEmpty() || options.size() > MAX_OPTIONS) {
      throw new IllegalArgumentException(
          "a question has 1 to %d options, not %d".formatted(MAX_OPTIONS, options.size()));
    }
  }

  /** The number of options. */
  public int size() {
    return options.size();
  }

  /** The letter of option {@code index}, counted from 0. */
  public static char letter(int index) {
    return (char) ('A' + index);
  }

  /** The index of an upper case letter, if this question has it. */
  public OptionalInt indexOf(char letter) {
    int index = letter - 'A';
    return index >= 0 && index < options.size() ? OptionalInt.of(index) : OptionalInt.empty();
  }

  /** The text of the option with this letter; the letter must be one of this question's. */
  public String text(char letter) {
    return options.get(
        indexOf(letter).orElseThrow(() -> new IllegalArgumentException("no option " + letter)));
  }
}
