package org.sightmill.pipeline.teacher.spend;

/** Why a call may not start. None of them is a fault of the row. */
public enum Refusal {
  /** The hard cap would be passed even if every open call cost nothing. The run stops. */
  CAP_REACHED,
  /** The run has been asked to stop: calls in flight go on, no other one starts. */
  STOPPING,
  /** The run serves from the response log alone, and the log does not hold this answer. */
  OFFLINE;

  /** Whether the step must not commit: the row could be served by a later run. */
  public boolean stopsTheRun() {
    return this != OFFLINE;
  }
}
