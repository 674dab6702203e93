package org.sightmill.trainer.eval;

import java.util.Objects;
import java.util.Optional;

/**
 * What a benchmark's own rule makes of a prediction.
 *
 * @param status hit, miss, or beyond the rule
 * @param extracted the answer that the rule read, or null
 * @param bug the upstream fault that decided this, or null
 */
public record Ruling(Status status, String extracted, UpstreamBug bug) {
  /** The three outcomes. */
  public enum Status {
    /** Right. */
    HIT,
    /** Wrong. */
    MISS,
    /** The rule can't tell: the evaluator would ask its judge. */
    UNRESOLVED
  }

  /** Rejects a null status. */
  public Ruling {
    Objects.requireNonNull(status, "status");
  }

  /** Right or wrong. */
  public static Ruling decided(boolean right, String extracted) {
    return new Ruling(right ? Status.HIT : Status.MISS, extracted, null);
  }

  /** The rule can't tell. */
  public static Ruling unresolved() {
    return new Ruling(Status.UNRESOLVED, null, null);
  }

  /** A letter that was inferred against the right one; without a letter the rule can't tell. */
  public static Ruling letter(Optional<String> inferred, String right) {
    return inferred.map(letter -> decided(letter.equals(right), letter)).orElse(unresolved());
  }

  /** The same, decided by an upstream fault. */
  public Ruling because(UpstreamBug fault) {
    return new Ruling(status, extracted, fault);
  }
}
