package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * The right answer of an item, for the project's own verifier.
 *
 * @param type how it is judged
 * @param answer as text; of a choice its letter, or several letters when several are right
 * @param choices the options, or null when the question text holds them
 * @param tolerance numbers this near are equal; 0 for exact
 */
public record Gold(AnswerType type, String answer, Choices choices, double tolerance) {
  /** Rejects null and a negative tolerance. */
  public Gold {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(answer, "answer");
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be at least 0 but was " + tolerance);
    }
  }

  /** A gold without tolerance or options. */
  public static Gold of(AnswerType type, String answer) {
    return new Gold(type, answer, null, 0);
  }

  /** A letter among these options, the first of which is A. */
  public static Gold choice(String letter, List<String> options) {
    return new Gold(AnswerType.CHOICE, letter, BenchmarkRow.choices(options).orElse(null), 0);
  }

  /** A letter among options by letter; a letter that is left out has an empty text. */
  public static Gold choice(String letter, Map<String, String> options) {
    char last =
        options.keySet().stream().map(key -> key.charAt(0)).max(Character::compare).orElse('@');
    List<String> texts = new ArrayList<>();
    for (char name = 'A'; name <= last; name++) {
      texts.add(options.getOrDefault(String.valueOf(name), ""));
    }
    return choice(letter, texts);
  }
}
