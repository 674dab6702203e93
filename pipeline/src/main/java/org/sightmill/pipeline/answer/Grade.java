package org.sightmill.pipeline.answer;

import java.util.Objects;

/**
 * A judgement with its reason.
 *
 * @param verdict the outcome
 * @param reward in [0, 1]: 1 or 0 by the verdict, except for a box (intersection over union) and
 *     for free text (similarity)
 * @param extracted the answer that was read from the prediction, or null when there was none
 * @param reason one sentence for a person
 */
public record Grade(Verdict verdict, double reward, String extracted, String reason) {

  /** Rejects a reward outside [0, 1] and null verdicts or reasons. */
  public Grade {
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(reason, "reason");
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1] but was " + reward);
    }
  }

  static Grade equal(String extracted, String reason) {
    return new Grade(Verdict.EQUAL, 1, extracted, reason);
  }

  static Grade different(String extracted, String reason) {
    return new Grade(Verdict.DIFFERENT, 0, extracted, reason);
  }

  static Grade unparsed(String extracted, String reason) {
    return new Grade(Verdict.UNPARSED, 0, extracted, reason);
  }
}
