package org.sightmill.pipeline.answer;

import java.util.Locale;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;
import org.sightmill.pipeline.sample.Choices;

/**
 * Judges free text by its similarity to the reference: one minus the normalised edit distance, and
 * 0 below one half, as in ANLS. The reward is the similarity; the verdict is EQUAL where it is not
 * 0.
 */
final class OpenJudge implements Judge {
  /** Below this similarity the texts count as different. */
  static final double THRESHOLD = 0.5;

  /** Longest text that is compared letter by letter. */
  private static final int MAX_CHARS = 3_000;

  @Override
  public Grade grade(String gold, String answer, Choices choices, Extraction extraction) {
    String reference = Text.flat(gold);
    String said = Text.flat(answer);
    if (reference.equals(said)) {
      return Grade.equal(answer, "the same text");
    }
    if (Math.max(reference.length(), said.length()) > MAX_CHARS) {
      return new Grade(Verdict.BUDGET, 0, answer, "over %d characters".formatted(MAX_CHARS));
    }
    double similarity = EvaluatorRules.anls(reference, said);
    return similarity < THRESHOLD
        ? Grade.different(answer, "similarity below " + THRESHOLD)
        : new Grade(
            Verdict.EQUAL,
            similarity,
            answer,
            String.format(Locale.ROOT, "similarity %.3f", similarity));
  }
}
