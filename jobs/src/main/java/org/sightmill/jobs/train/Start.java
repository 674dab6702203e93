package org.sightmill.jobs.train;

/** Whether to go on with what an earlier run left. */
public enum Start {
  /** From the first step; resume points of an earlier run are removed. */
  FRESH,
  /** Behind the newest resume point, if there is one. */
  RESUME
}
