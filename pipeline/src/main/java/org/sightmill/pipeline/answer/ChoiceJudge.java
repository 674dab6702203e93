package org.sightmill.pipeline.answer;

import java.util.Optional;
import org.sightmill.pipeline.sample.Choices;

/** Judges multiple choice: the letter of one option, however it is said. */
final class ChoiceJudge implements Judge {
  @Override
  public Grade grade(String gold, String answer, Choices choices, Extraction extraction) {
    Optional<Character> wanted = ChoiceAnswer.read(gold, choices, Extraction.LENIENT);
    Optional<Character> found = ChoiceAnswer.read(answer, choices, extraction);
    if (wanted.isEmpty()) {
      return Grade.unparsed(
          found.map(String::valueOf).orElse(null), "the gold names none of the options");
    }
    if (found.isEmpty()) {
      return Grade.unparsed(null, "the answer does not name exactly one option");
    }
    String letter = String.valueOf(found.get());
    return wanted.equals(found)
        ? Grade.equal(letter, "the same option")
        : Grade.different(letter, "option %s instead of %s".formatted(letter, wanted.get()));
  }
}
