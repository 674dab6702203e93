package org.sightmill.trainer.eval;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sightmill.pipeline.answer.Completion;
import org.sightmill.pipeline.answer.Grade;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * The verifier that keeps samples and rewards rollouts, applied to a benchmark. Strict takes only
 * well-formed completions where that format was asked for; lenient reads answers out of sentences.
 */
final class OwnVerifier {
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]([\\s,;]*[A-Za-z])*");

  private final Benchmark benchmark;
  private final PromptStyle style;

  OwnVerifier(Benchmark benchmark, PromptStyle style) {
    this.benchmark = benchmark;
    this.style = style;
  }

  Verdict strict(BenchmarkRow row, String response) {
    return verdict(Grader.strict(), row, response, style.strictScope());
  }

  Verdict lenient(BenchmarkRow row, String response) {
    boolean untagged = Completion.split(response).status() == Completion.Status.UNTAGGED;
    return verdict(Grader.lenient(), row, response, untagged ? Scope.ANSWER : Scope.COMPLETION);
  }

  /**
   * A benchmark that asks for a form of its own, and answers of several letters, are read from the
   * answer block; all else is the grader's to take apart.
   */
  private Verdict verdict(Grader grader, BenchmarkRow row, String response, Scope scope) {
    Gold gold = benchmark.gold(row);
    if (scope == Scope.ANSWER) {
      return answered(grader, gold, benchmark.answer(response), scope);
    }
    Optional<String> block = Completion.split(response).answer();
    Optional<String> inner = block.map(benchmark::answer);
    if (inner.equals(block) && !isSet(gold)) {
      return answered(grader, gold, response, scope);
    }
    Grade form = grader.grade(new GradeRequest(AnswerType.OPEN, "x", response, null, scope));
    return form.verdict() == Verdict.UNPARSED || inner.isEmpty()
        ? Verdict.UNPARSED
        : answered(grader, gold, inner.get(), Scope.ANSWER);
  }

  private static Verdict answered(Grader grader, Gold gold, String prediction, Scope scope) {
    if (isSet(gold)) {
      return letters(gold.answer(), prediction);
    }
    Grade grade =
        grader.grade(
            new GradeRequest(gold.type(), gold.answer(), prediction, gold.choices(), scope));
    return isNear(gold, grade) ? Verdict.EQUAL : grade.verdict();
  }

  private static boolean isNear(Gold gold, Grade grade) {
    if (gold.tolerance() == 0 || grade.extracted() == null) {
      return false;
    }
    return PythonNumbers.real(gold.answer())
        .flatMap(
            right ->
                PythonNumbers.real(grade.extracted().replaceAll("[$,\\s]", ""))
                    .map(said -> Math.abs(said - right) <= gold.tolerance()))
        .orElse(false);
  }

  /** Whether several letters are right together. */
  private static boolean isSet(Gold gold) {
    return gold.type() == AnswerType.CHOICE
        && gold.answer().matches("\\s*[A-Za-z]([\\s,;]+[A-Za-z])+\\s*");
  }

  private static Verdict letters(String right, String said) {
    if (!LETTERS.matcher(said.strip()).matches()) {
      return Verdict.UNPARSED;
    }
    return set(right).equals(set(said)) ? Verdict.EQUAL : Verdict.DIFFERENT;
  }

  private static Set<String> set(String letters) {
    Set<String> set = new TreeSet<>();
    for (char c : letters.toUpperCase(Locale.ROOT).toCharArray()) {
      if (Character.isLetter(c)) {
        set.add(String.valueOf(c));
      }
    }
    return set;
  }
}
