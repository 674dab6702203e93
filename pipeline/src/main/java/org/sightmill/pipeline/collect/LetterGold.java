package org.sightmill.pipeline.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.collect.source.AnswerAs;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.Choices;

/** Which option a gold answer names, in the forms that sources use. */
final class LetterGold {
  /** {@code B}, {@code (b)}, {@code [B]}, {@code B.}, {@code B) text}, {@code B: text}. */
  private static final Pattern LETTER =
      Pattern.compile("[(\\[]?([A-Za-z])(?:[)\\].:]+\\s*(.*))?", Pattern.DOTALL);

  private static final Pattern OPTION_PREFIX = Pattern.compile("\\(?([A-Za-z])[).:]\\s+(?=\\S)");

  private LetterGold() {}

  /** The letter of a question whose options are in the picture or in its text. */
  static String withoutChoices(String text) throws RowFault {
    Matcher letter = LETTER.matcher(text);
    if (!letter.matches()) {
      throw new RowFault(
          RejectReason.ANSWER_TYPE_MISMATCH,
          "answer '%s' is not an option's letter, and the question has no choices".formatted(text));
    }
    return letter.group(1).toUpperCase(Locale.ROOT);
  }

  /** The option's place, from 0. */
  static int index(String text, List<String> choices, AnswerAs answerAs) throws RowFault {
    OptionalInt found =
        switch (answerAs) {
          case AUTO -> letterOrText(text, choices);
          case LETTER -> byLetter(text, choices);
          case TEXT -> byText(text, choices);
          case INDEX0 -> byIndex(text, 0, choices);
          case INDEX1 -> byIndex(text, 1, choices);
        };
    return found.orElseThrow(
        () ->
            notAChoice("answer '%s' names none of the %d choices".formatted(text, choices.size())));
  }

  private static OptionalInt letterOrText(String text, List<String> choices) throws RowFault {
    OptionalInt letter = byLetter(text, choices);
    OptionalInt option = byText(text, choices);
    if (letter.isPresent() && option.isPresent() && letter.getAsInt() != option.getAsInt()) {
      throw notAChoice(
          "answer '%s' is the letter of one choice and the text of another; set answer_as"
              .formatted(text));
    }
    return letter.isPresent() ? letter : option;
  }

  private static OptionalInt byLetter(String text, List<String> choices) throws RowFault {
    Matcher matcher = LETTER.matcher(text);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int index = Character.toUpperCase(matcher.group(1).charAt(0)) - 'A';
    String rest = Optional.ofNullable(matcher.group(2)).orElse("").strip();
    OptionalInt restOption = rest.isEmpty() ? OptionalInt.empty() : byText(rest, choices);
    if (restOption.isPresent() && restOption.getAsInt() != index) {
      throw notAChoice(
          "answer '%s' has the letter of one choice and the text of another".formatted(text));
    }
    return index < choices.size() ? OptionalInt.of(index) : OptionalInt.empty();
  }

  /** The one option with this text, first as written, then up to case and white space. */
  private static OptionalInt byText(String text, List<String> choices) throws RowFault {
    List<Integer> exact = new ArrayList<>();
    List<Integer> loose = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).strip().equals(text)) {
        exact.add(i);
      }
      if (loose(choices.get(i)).equals(loose(text))) {
        loose.add(i);
      }
    }
    List<Integer> found = exact.isEmpty() ? loose : exact;
    if (found.size() > 1) {
      throw notAChoice("answer '%s' is the text of %d choices".formatted(text, found.size()));
    }
    return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(found.get(0));
  }

  private static String loose(String text) {
    return text.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
  }

  private static OptionalInt byIndex(String text, int first, List<String> choices) {
    if (!text.matches("\\d{1,3}")) {
      return OptionalInt.empty();
    }
    int index = Integer.parseInt(text) - first;
    return index >= 0 && index < choices.size() ? OptionalInt.of(index) : OptionalInt.empty();
  }

  /** The options without the letters before them, if every option has its own. */
  static List<String> withoutPrefixes(List<String> choices) {
    List<String> bare = new ArrayList<>();
    for (String choice : choices) {
      Matcher prefix = OPTION_PREFIX.matcher(choice.strip());
      boolean own =
          prefix.lookingAt()
              && Character.toUpperCase(prefix.group(1).charAt(0)) == Choices.letter(bare.size());
      if (!own) {
        return choices.stream().map(String::strip).toList();
      }
      bare.add(choice.strip().substring(prefix.end()));
    }
    return bare;
  }

  private static RowFault notAChoice(String detail) {
    return new RowFault(RejectReason.ANSWER_NOT_IN_CHOICES, detail);
  }
}
