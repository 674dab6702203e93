package org.sightmill.pipeline.collect.source;

/** What a place in JSON text is in. */
enum JsonState {
  OUTSIDE,
  IN_STRING,
  /** Behind a backslash within a string. */
  ESCAPED
}
