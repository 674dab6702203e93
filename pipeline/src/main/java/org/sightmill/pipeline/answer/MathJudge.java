package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sightmill.pipeline.answer.math.Formulas;
import org.sightmill.pipeline.answer.math.Outcome;
import org.sightmill.pipeline.sample.Choices;

/** Judges numbers and formulas. */
final class MathJudge implements Judge {
  private final Formulas.Reading reading;

  MathJudge(Formulas.Reading reading) {
    this.reading = reading;
  }

  @Override
  public Grade grade(String gold, String answer, Choices choices, Extraction extraction) {
    Optional<String> wanted = MathAnswer.read(gold, reading, Extraction.LENIENT);
    if (wanted.isEmpty()) {
      return words(gold, answer);
    }
    Optional<String> found = MathAnswer.read(answer, reading, extraction);
    if (found.isEmpty()) {
      return Grade.unparsed(null, "no formula in the answer");
    }
    if (isNotANumber(wanted.get())) {
      return new Grade(Verdict.UNDEFINED, 0, found.get(), "the gold is not a number");
    }
    Grade grade =
        wanted.get().equals(found.get())
            ? Grade.equal(found.get(), "the same text")
            : grade(Formulas.compare(wanted.get(), found.get(), reading), found.get());
    return grade.verdict() == Verdict.EQUAL ? qualified(gold, wanted.get(), answer, grade) : grade;
  }

  /** The same number is another answer where it is a bound, denied, or of another currency. */
  private static Grade qualified(String gold, String wanted, String answer, Grade grade) {
    String found = grade.extracted();
    if (Qualifier.of(gold, wanted) != Qualifier.of(answer, found)) {
      return Grade.different(found, "the same value, but one is a bound or is denied");
    }
    return Currencies.differ(gold, answer)
        ? Grade.different(found, "the same number of another currency")
        : grade;
  }

  private static boolean isNotANumber(String text) {
    return List.of("nan", "undefined").contains(text.toLowerCase(Locale.ROOT));
  }

  private static Grade grade(Outcome outcome, String extracted) {
    Verdict verdict = Verdict.valueOf(outcome.kind().name());
    return new Grade(verdict, outcome.isEqual() ? 1 : 0, extracted, outcome.reason());
  }

  /** A gold that is no formula can only be repeated. */
  private static Grade words(String gold, String answer) {
    String said = Text.letters(MathAnswer.undelimited(answer));
    return Text.letters(MathAnswer.undelimited(gold)).equals(said) && !said.isEmpty()
        ? Grade.equal(answer, "the same words")
        : Grade.unparsed(null, "the gold is no formula, and the answer is other words");
  }
}
