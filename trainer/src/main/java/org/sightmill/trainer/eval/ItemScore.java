package org.sightmill.trainer.eval;

import org.sightmill.pipeline.answer.Verdict;

/**
 * One item under every way of scoring.
 *
 * @param ruling the benchmark's own rule, after the judge where it was asked
 * @param judged whether the judge decided the ruling
 * @param lenient the project's verifier, reading answers out of sentences
 * @param strict the same, taking only what keeps to the format
 */
public record ItemScore(
    BenchmarkRow row,
    Prediction prediction,
    Ruling ruling,
    boolean judged,
    Verdict lenient,
    Verdict strict) {

  /** One of the three columns of a table. */
  public enum Column {
    /** The benchmark's own rule, upstream faults included. */
    COMPATIBLE,
    /** The project's verifier, lenient. */
    LENIENT,
    /** The project's verifier, strict. */
    STRICT
  }

  /** Whether it is right in a column; what is unresolved is not. */
  public boolean right(Column column) {
    return switch (column) {
      case COMPATIBLE -> ruling.status() == Ruling.Status.HIT;
      case LENIENT -> lenient == Verdict.EQUAL;
      case STRICT -> strict == Verdict.EQUAL;
    };
  }

  /** The same item with the judge's decision. */
  ItemScore judged(boolean right) {
    return new ItemScore(row, prediction, Ruling.decided(right, null), true, lenient, strict);
  }

  Scored scored(Column column) {
    return new Scored(row, right(column) ? 1 : 0);
  }
}
