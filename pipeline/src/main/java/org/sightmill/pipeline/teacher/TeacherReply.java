package org.sightmill.pipeline.teacher;

/** What came of a call: raw text, or why there is none. */
public sealed interface TeacherReply {

  /**
   * A reply as the model gave it.
   *
   * @param text the content
   * @param reasoning a separate reasoning field, null when the model has none or thinks inline
   * @param model as the provider names it
   * @param inputTokens null when the provider does not say; likewise the others
   */
  record Answer(
      String text,
      String reasoning,
      String model,
      String endpoint,
      Long inputTokens,
      Long outputTokens,
      Double costUsd,
      long latencyMs)
      implements TeacherReply {}

  /** This teacher can't serve this row: it has not what it would need. */
  record Unserved(String why) implements TeacherReply {}

  /** The final failure, after the teacher's own retries. */
  record Failed(String why) implements TeacherReply {}
}
