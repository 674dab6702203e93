package org.sightmill.trainer.distributed.exchange;

import java.io.Serializable;

/**
 * How a worker's part in a step ended.
 *
 * @param detail what there is to say, for logs
 */
public record Participation(Ending ending, String detail) implements Serializable {

  /** The ways it can end. */
  public enum Ending {
    /** Everyone applied the step. */
    COMMITTED,
    /** Nobody did. */
    ABORTED,
    /** The worker was not needed. */
    IDLE
  }
}
