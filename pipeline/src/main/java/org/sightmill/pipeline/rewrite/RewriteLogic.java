package org.sightmill.pipeline.rewrite;

import java.util.List;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowLogic;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.ThinkParts;

/**
 * Has thinking and answer rewritten in one call, and measures by how much their length changed.
 *
 * <p>{@code word_delta} is the absolute difference of the number of words, thinking and answer
 * taken together. {@code response} is what a model is trained to say: {@code
 * <think>thinking</think>}, an empty line, {@code <answer>answer</answer>}.
 */
final class RewriteLogic implements RowLogic {
  private static final long serialVersionUID = 1L;

  private final int maxWordDelta;
  private final TeacherBinding rewriter;

  RewriteLogic(RewriteConfig config, TeacherBinding rewriter) {
    this.maxWordDelta = config.maxWordDelta();
    this.rewriter = rewriter;
  }

  @Override
  public List<String> columns() {
    return List.of("reasoning", "response", "word_delta");
  }

  @Override
  public RowPlan plan(SampleRow row) {
    String thinking = row.text("reasoning_raw");
    String answer = row.text("answer_raw");
    int words = Words.count(thinking) + Words.count(answer);
    return new RowPlan.Ask(
        rewriter.request(row.forRewriter(ThinkParts.join(thinking, answer))),
        reply -> read(reply, words),
        null);
  }

  private RowChange read(TeacherReply.Answer reply, int wordsBefore) {
    ThinkParts parts = ThinkParts.of(reply.text() == null ? "" : reply.text());
    return switch (parts.status()) {
      case COMPLETE -> rewritten(parts, wordsBefore);
      case THINK_MISSING -> RowChange.reject(RejectReason.THINK_MISSING, "in the rewriter's reply");
      case THINK_UNCLOSED ->
          RowChange.reject(RejectReason.THINK_UNCLOSED, "in the rewriter's reply");
      case ANSWER_MISSING ->
          RowChange.reject(RejectReason.REPLY_ANSWER_MISSING, "in the rewriter's reply");
    };
  }

  private RowChange rewritten(ThinkParts parts, int wordsBefore) {
    int words = Words.count(parts.thinking()) + Words.count(parts.answer());
    int delta = Math.abs(words - wordsBefore);
    RowChange change = RowChange.set(parts.thinking(), response(parts), delta);
    return delta <= maxWordDelta
        ? change
        : change.rejected(
            RejectReason.WORD_DELTA_EXCEEDED,
            "%d words became %d, a difference of at most %d is allowed"
                .formatted(wordsBefore, words, maxWordDelta));
  }

  static String response(ThinkParts parts) {
    return "<think>" + parts.thinking() + "</think>\n\n<answer>" + parts.answer() + "</answer>";
  }
}
