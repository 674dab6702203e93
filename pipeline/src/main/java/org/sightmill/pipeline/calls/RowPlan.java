package org.sightmill.pipeline.calls;

import java.util.function.Function;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;

/** How a row goes on. */
public sealed interface RowPlan {

  /** No call is needed. */
  record Settled(RowChange change) implements RowPlan {}

  /**
   * One call is needed.
   *
   * @param read makes the change out of the reply; pure
   * @param withoutReply the change when the teacher does not serve the row or failed; null when the
   *     row can't do without, and is rejected
   */
  record Ask(
      TeacherRequest request, Function<TeacherReply.Answer, RowChange> read, RowChange withoutReply)
      implements RowPlan {}
}
