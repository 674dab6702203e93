package org.sightmill.pipeline.caption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.WholeFunction;
import org.sightmill.pipeline.teacher.TeacherReply;

/**
 * A gold that holds a part of what is asked for, as collect has marked it in {@code meta}.
 *
 * @param context takes the caption's place
 */
record IncompleteGold(String answer, String context, ObjectNode meta) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Empty where nothing is marked, which is nearly everywhere. */
  static Optional<IncompleteGold> of(SampleRow row) {
    String meta = row.text("meta");
    if (meta == null || !meta.contains(WholeFunction.INCOMPLETE)) {
      return Optional.empty();
    }
    return parsed(meta)
        .filter(object -> object.has(WholeFunction.INCOMPLETE))
        .map(object -> new IncompleteGold(row.text("answer"), row.text("context"), object));
  }

  /** Records bring their own {@code meta}: what is no object marks nothing. */
  private static Optional<ObjectNode> parsed(String meta) {
    try {
      JsonNode node = MAPPER.readTree(meta);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  boolean hasContext() {
    return context != null && !context.isBlank();
  }

  /** The row with the function that the repairer says, if that is one the gold is a part of. */
  RowChange completedBy(TeacherReply.Answer reply) {
    String text = reply.text() == null ? "" : reply.text();
    return WholeFunction.said(answer, text)
        .map(
            whole ->
                RowChange.set(context, CaptionLogic.FROM_CONTEXT, whole, repairedMeta().toString()))
        .orElseGet(
            () -> incomplete("the repairer says no function that has its values: " + text.strip()));
  }

  RowChange incomplete(String why) {
    return RowChange.reject(
        RejectReason.ANSWER_INCOMPLETE, "'%s' holds coefficients; %s".formatted(answer, why));
  }

  private ObjectNode repairedMeta() {
    ObjectNode repaired = meta.deepCopy();
    repaired.remove(WholeFunction.INCOMPLETE);
    return repaired.put(WholeFunction.AS_GIVEN, answer);
  }
}
