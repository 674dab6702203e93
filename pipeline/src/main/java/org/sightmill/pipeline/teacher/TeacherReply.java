package org.sightmill.pipeline.teacher;

import org.sightmill.pipeline.teacher.spend.Refusal;

/** What came of a call: raw text, or why there is none. */
public sealed interface TeacherReply {

  /**
   * A reply as the model gave it.
   *
   * @param text the content
   * @param reasoning a separate reasoning field, null when the model has none or thinks inline
   * @param cut whether the limit of tokens ended it
   */
  record Answer(String text, String reasoning, Receipt receipt, boolean cut)
      implements TeacherReply {

    /** A reply that ended by itself. */
    public Answer(String text, String reasoning, Receipt receipt) {
      this(text, reasoning, receipt, false);
    }
  }

  /** This teacher can't serve this row: it has not what it would need. No call was made. */
  record Unserved(String why) implements TeacherReply {}

  /**
   * The final failure, after the teacher's own retries.
   *
   * @param receipt of calls that cost something all the same; null when none did
   */
  record Failed(String why, Receipt receipt) implements TeacherReply {}

  /** The call was not allowed to start. Nothing was paid, and nothing is wrong with the row. */
  record Refused(Refusal refusal, String why) implements TeacherReply {}
}
