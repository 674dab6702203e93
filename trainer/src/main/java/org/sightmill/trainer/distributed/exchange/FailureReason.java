package org.sightmill.trainer.distributed.exchange;

/** Why an attempt at a step ended without committing. */
public enum FailureReason {
  /** A member's connection ended. */
  MEMBER_LOST(true),
  /** A member was not heard of for the allowed time. */
  MEMBER_SILENT(true),
  /** Nobody joined, or the attempt took longer than a step may. */
  TIMED_OUT(true),
  /** A frame with a wrong checksum, length or place. */
  CORRUPT_FRAME(true),
  /** Something arrived that belongs to an older attempt. */
  STALE(true),
  /** A member's computation failed. */
  MEMBER_FAILED(true),
  /** Members that should have equal numbers do not: the run must stop. */
  MISMATCH(false),
  /** Every member that had the new version is gone: a checkpoint must be gone back to. */
  STATE_LOST(false);

  private final boolean redoable;

  FailureReason(boolean redoable) {
    this.redoable = redoable;
  }

  /** Whether the same step may simply be tried again. */
  public boolean isRedoable() {
    return redoable;
  }
}
