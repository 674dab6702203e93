package org.sightmill.pipeline.teacher;

/** Whether the server is held to a JSON schema. */
public enum ReplyShape {
  /** Plain text. */
  TEXT,
  /** The schema of the role; judge and scorer have one. */
  JSON_SCHEMA
}
