package org.sightmill.pipeline.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sightmill.pipeline.answer.math.Formula;
import org.sightmill.pipeline.answer.math.Outcome;
import org.sightmill.pipeline.sample.Choices;

/** Judges numbers and formulas. */
final class MathJudge implements Judge {
  /** Bounds that were compared as such. */
  private static final Pattern RELATION =
      Pattern.compile("[<>≤≥≠]|\\\\(?:l|g|n)(?:e|t|eq|eqslant)(?![a-zA-Z])|\\\\in(?![a-zA-Z])|!=");

  private static final Pattern CALCULATION = Pattern.compile("<<[^<>\\n]{1,200}>>");

  private final Formula.Reading reading;

  MathJudge(Formula.Reading reading) {
    this.reading = reading;
  }

  @Override
  public Grade grade(String gold, String answer, Choices choices, Extraction extraction) {
    return judged(worked(gold), worked(answer), extraction);
  }

  /** The text without a calculator's notes: {@code 9*2=<<9*2=18>>18}, as GSM8K has them. */
  private static String worked(String text) {
    return text.contains("<<") ? CALCULATION.matcher(text).replaceAll("") : text;
  }

  private Grade judged(String gold, String answer, Extraction extraction) {
    Optional<Formula> wanted = MathAnswer.read(gold, reading, Extraction.LENIENT);
    if (wanted.isEmpty()) {
      return words(gold, answer);
    }
    boolean same = answer.equals(gold) && extraction == Extraction.LENIENT;
    Optional<Formula> found = same ? wanted : MathAnswer.read(answer, reading, extraction);
    if (found.isEmpty()) {
      return Grade.unparsed(null, "no formula in the answer");
    }
    if (isNotANumber(wanted.get().text())) {
      return new Grade(Verdict.UNDEFINED, 0, found.get().text(), "the gold is not a number");
    }
    Grade grade = compared(wanted.get(), found.get());
    if (grade.verdict() == Verdict.DIFFERENT && !wanted.get().isMathematical()) {
      grade = extraction == Extraction.LENIENT ? said(wanted.get(), answer, grade) : grade;
    }
    return grade.verdict() == Verdict.EQUAL
        ? qualified(gold, wanted.get().text(), answer, grade)
        : grade;
  }

  private Grade compared(Formula wanted, Formula found) {
    return wanted.text().equals(found.text())
        ? Grade.equal(found.text(), "the same text")
        : grade(wanted.compare(found, reading), found.text());
  }

  /** Where the gold is a word, a sentence may end in it: "it is even". */
  private Grade said(Formula wanted, String answer, Grade whole) {
    return Statements.afterCopula(Statements.tail(answer))
        .flatMap(end -> MathAnswer.read(end, reading, Extraction.LENIENT))
        .map(end -> compared(wanted, end))
        .filter(grade -> grade.verdict() == Verdict.EQUAL)
        .orElse(whole);
  }

  /** The same number is another answer where it is a bound, denied, or of another currency. */
  private Grade qualified(String gold, String wanted, String answer, Grade grade) {
    String found = grade.extracted();
    if (RELATION.matcher(wanted).find() || RELATION.matcher(found).find()) {
      return grade;
    }
    if (Qualifier.of(gold, wanted) != Qualifier.of(answer, found)) {
      return Grade.different(found, "the same value, but one is a bound or is denied");
    }
    boolean cents =
        Currencies.areDollarsAndCents(gold, answer)
            && compared(withoutCents(wanted), withoutCents(found)).verdict() == Verdict.EQUAL;
    return cents || Currencies.differ(gold, answer)
        ? Grade.different(found, "the same number of another currency")
        : grade;
  }

  private static Formula withoutCents(String text) {
    return Formula.of(Currencies.withoutCents(text));
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
    String wanted = MathAnswer.undelimited(gold);
    String said = MathAnswer.undelimited(answer);
    // Between digits a sign decides: 1_000 is not 1000, and 1-2 is not 12.
    boolean exactly = wanted.chars().anyMatch(Character::isDigit);
    boolean same =
        exactly
            ? Text.flat(wanted).equals(Text.flat(said))
            : Text.letters(wanted).equals(Text.letters(said));
    return same && !Text.letters(said).isEmpty()
        ? Grade.equal(answer, "the same words")
        : Grade.unparsed(null, "the gold is no formula, and the answer is other words");
  }
}
