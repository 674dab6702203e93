package org.sightmill.pipeline.teacher.openai;

/** Tokens as the server counted them; null where it did not say. */
record Usage(Long inputTokens, Long outputTokens) {
  static final Usage UNKNOWN = new Usage(null, null);

  boolean isKnown() {
    return inputTokens != null && outputTokens != null;
  }
}
