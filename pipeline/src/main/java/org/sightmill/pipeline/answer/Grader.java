package org.sightmill.pipeline.answer;

import java.util.Map;
import java.util.Objects;
import org.sightmill.pipeline.answer.math.Formula;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * Judges answers. Immutable, safe for any number of threads, cheap to make. Never throws for what a
 * model or a data set wrote, starts no thread, and does a bounded amount of work for any input.
 */
public final class Grader {
  /** Longest prediction or gold, in characters; the end of a long answer is what counts. */
  static final int MAX_CHARS = 200_000;

  private static final Map<AnswerType, Judge> JUDGES =
      Map.of(
          AnswerType.DIGIT, new MathJudge(Formula.Reading.NUMBER),
          AnswerType.MATH, new MathJudge(Formula.Reading.FORMULA),
          AnswerType.CHOICE, new ChoiceJudge(),
          AnswerType.BOX, new BoxJudge(),
          AnswerType.OPEN, new OpenJudge());

  /**
   * The same answer read in both ways.
   *
   * @param strict only from a well-formed completion, and standing alone
   * @param lenient out of sentences and imperfect formats too
   */
  public record Both(Grade strict, Grade lenient) {}

  private final Extraction extraction;

  private Grader(Extraction extraction) {
    this.extraction = extraction;
  }

  /** The grader that decides rewards and data: the same as {@link #lenient()}. */
  public static Grader standard() {
    return lenient();
  }

  /** Reads answers out of sentences and out of imperfect formats; see {@link Completion}. */
  public static Grader lenient() {
    return new Grader(Extraction.LENIENT);
  }

  /**
   * Takes only a well-formed completion, and an answer that stands alone: no sentence around it, no
   * other statement before it.
   */
  public static Grader strict() {
    return new Grader(Extraction.STRICT);
  }

  /** Judges one answer in both modes, for reports that show how much leniency decides. */
  public static Both both(GradeRequest request) {
    return new Both(strict().grade(request), lenient().grade(request));
  }

  /** Judges one answer. */
  public Grade grade(GradeRequest request) {
    Objects.requireNonNull(request, "request");
    if (Math.max(request.gold().length(), request.prediction().length()) > MAX_CHARS) {
      return new Grade(Verdict.BUDGET, 0, null, "over %d characters".formatted(MAX_CHARS));
    }
    return request.scope() == Scope.COMPLETION
        ? ofCompletion(request)
        : ofAnswer(request, untagged(request.prediction()));
  }

  /** An answer that still wears its tags, read leniently: what is inside them. */
  private String untagged(String prediction) {
    return extraction == Extraction.LENIENT && prediction.indexOf('<') >= 0
        ? Completion.split(prediction).answer().orElse(prediction)
        : prediction;
  }

  private Grade ofCompletion(GradeRequest request) {
    Completion completion = Completion.split(request.prediction());
    boolean untaggedChoice =
        request.type() == AnswerType.CHOICE && completion.status() == Completion.Status.UNTAGGED;
    if (untaggedChoice && extraction == Extraction.LENIENT) {
      return ofAnswer(request, request.prediction());
    }
    if (extraction == Extraction.STRICT && completion.status() != Completion.Status.WELL_FORMED) {
      return Grade.unparsed(null, "not exactly of the format: " + completion.status());
    }
    return completion
        .answer()
        .map(answer -> ofAnswer(request, answer))
        .orElse(Grade.unparsed(null, "no answer by the format rule: " + completion.status()));
  }

  private Grade ofAnswer(GradeRequest request, String prediction) {
    String gold = request.gold().strip();
    String answer = prediction.strip();
    boolean nameless = gold.isEmpty() && request.type() != AnswerType.CHOICE;
    if (nameless || answer.isEmpty()) {
      return Grade.unparsed(null, (nameless ? "the gold" : "the answer") + " is empty");
    }
    return JUDGES.get(request.type()).grade(gold, answer, request.choices(), extraction);
  }
}
