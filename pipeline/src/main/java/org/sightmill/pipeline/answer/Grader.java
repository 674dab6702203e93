package org.sightmill.pipeline.answer;

import java.util.Objects;

/**
 * Judges answers. Immutable, safe for any number of threads, cheap to make. Never throws for what a
 * model or a data set wrote, starts no thread, and does a bounded amount of work for any input.
 */
public final class Grader {
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

  /** Judges one answer. */
  public Grade grade(GradeRequest request) {
    Objects.requireNonNull(request, "request");
    String answer = request.prediction().strip();
    if (request.scope() == Scope.COMPLETION) {
      Completion completion = Completion.split(request.prediction());
      boolean usable =
          completion.status() == Completion.Status.WELL_FORMED
              || (extraction == Extraction.LENIENT
                  && completion.status() == Completion.Status.RECOVERED);
      if (!usable) {
        return Grade.unparsed(null, "no answer by the format rule: " + completion.status());
      }
      answer = completion.answer().orElse("");
    }
    if (answer.isEmpty() || request.gold().isBlank()) {
      return Grade.unparsed(null, answer.isEmpty() ? "the answer is empty" : "the gold is empty");
    }
    return answer.equalsIgnoreCase(request.gold().strip())
        ? Grade.equal(answer, "the same text")
        : Grade.different(answer, "the texts differ");
  }
}
