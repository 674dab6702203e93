package org.sightmill.pipeline.calls;

/** Where answers may come from. */
public enum CallMode {
  /** From the response log, and from the teacher where the log has none. */
  ONLINE,
  /** From the response log alone: rows without an answer there are rejected. */
  OFFLINE
}
