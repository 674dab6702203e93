package org.sightmill.pipeline.distill;

import java.util.List;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowLogic;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.ThinkParts;

/** Asks the reasoner, and takes its reply apart; a row that brings its reasoning passes. */
final class DistillLogic implements RowLogic {
  private static final long serialVersionUID = 1L;

  private final int maxReplyChars;
  private final TeacherBinding reasoner;

  DistillLogic(DistillConfig config, TeacherBinding reasoner) {
    this.maxReplyChars = config.maxReplyChars();
    this.reasoner = reasoner;
  }

  @Override
  public List<String> columns() {
    return List.of("reasoning_raw", "answer_raw");
  }

  @Override
  public RowPlan plan(SampleRow row) {
    if (row.has("reasoning_raw")) {
      return new RowPlan.Settled(brought(row));
    }
    return new RowPlan.Ask(reasoner.request(row.forReasoner()), this::read, null);
  }

  private static RowChange brought(SampleRow row) {
    return row.has("answer_raw")
        ? RowChange.none()
        : RowChange.reject(
            RejectReason.REPLY_ANSWER_MISSING, "the source brings reasoning and no answer");
  }

  private RowChange read(TeacherReply.Answer reply) {
    int chars = length(reply.text()) + length(reply.reasoning());
    if (chars > maxReplyChars) {
      return RowChange.reject(
          RejectReason.FIELD_TOO_LONG,
          "reasoner's reply has %d characters, at most %d are allowed"
              .formatted(chars, maxReplyChars));
    }
    ThinkParts parts = ThinkParts.of(reply);
    return switch (parts.status()) {
      case COMPLETE -> RowChange.set(parts.thinking(), parts.answer());
      case THINK_MISSING -> RowChange.reject(RejectReason.THINK_MISSING, head(reply));
      case THINK_UNCLOSED -> RowChange.reject(RejectReason.THINK_UNCLOSED, head(reply));
      case ANSWER_MISSING ->
          RowChange.set(parts.thinking(), null)
              .rejected(RejectReason.REPLY_ANSWER_MISSING, head(reply));
    };
  }

  /** The reply's beginning, for the person who looks into rejects; the side table cuts it. */
  private static String head(TeacherReply.Answer reply) {
    return reply.text() == null ? "" : reply.text();
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }
}
