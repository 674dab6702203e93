package org.sightmill.trainer.update;

/** Counts steps whose gradients were no numbers, and stops a run where they come in a row. */
public final class SkippedSteps {
  private final int maxInARow;
  private long total;
  private int inARow;

  /** Stops after as many in a row. */
  public SkippedSteps(int maxInARow) {
    this.maxInARow = maxInARow;
  }

  /**
   * Takes note of a step.
   *
   * @throws TrainingFailedException where there were too many in a row
   */
  public void count(long step, UpdateReport report) {
    if (!report.isSkipped()) {
      inARow = 0;
      return;
    }
    total++;
    inARow++;
    if (inARow >= maxInARow) {
      throw new TrainingFailedException(
          "the gradients of %d steps in a row up to step %d are no numbers: lower learning_rate, or resume from an earlier checkpoint"
              .formatted(inARow, step));
    }
  }

  /** Goes on with the count of a resumed run. */
  public void restore(long skippedBefore) {
    total = skippedBefore;
  }

  /** All of the run's. */
  public long total() {
    return total;
  }
}
