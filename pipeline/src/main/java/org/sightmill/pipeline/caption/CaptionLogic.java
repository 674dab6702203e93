package org.sightmill.pipeline.caption;

import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowLogic;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.TeacherReply;

/**
 * Uses what the source brings and says so; otherwise asks the captioner. A row whose gold is
 * incomplete asks the repairer instead, and takes its context for the caption.
 */
final class CaptionLogic implements RowLogic {
  private static final long serialVersionUID = 1L;

  /** The values of {@code caption_origin}. */
  static final String FROM_SOURCE = "source";

  static final String FROM_CONTEXT = "context";
  static final String FROM_CAPTIONER = "captioner";

  private final CaptionConfig.ContextUse contextUse;
  private final TeacherBinding captioner;
  private final TeacherBinding repairer;

  CaptionLogic(CaptionConfig config, TeacherBinding captioner, TeacherBinding repairer) {
    this.contextUse = config.contextUse();
    this.captioner = captioner;
    this.repairer = repairer;
  }

  @Override
  public List<String> columns() {
    return List.of("caption", "caption_origin", "answer", "meta");
  }

  @Override
  public RowPlan plan(SampleRow row) {
    Optional<IncompleteGold> incomplete = IncompleteGold.of(row);
    if (incomplete.isPresent()) {
      return completed(row, incomplete.get());
    }
    if (row.has("caption")) {
      String origin = row.has("caption_origin") ? row.text("caption_origin") : FROM_SOURCE;
      return new RowPlan.Settled(captioned(row, row.text("caption"), origin));
    }
    if (row.has("reasoning_raw")) {
      return new RowPlan.Settled(RowChange.none());
    }
    if (row.has("context") && contextUse == CaptionConfig.ContextUse.INSTEAD) {
      return new RowPlan.Settled(captioned(row, row.text("context"), FROM_CONTEXT));
    }
    return new RowPlan.Ask(captioner.request(row.forTeacher()), answer -> read(row, answer), null);
  }

  private RowPlan completed(SampleRow row, IncompleteGold gold) {
    return gold.hasContext()
        ? new RowPlan.Ask(repairer.request(row.forRepairer()), gold::completedBy, null)
        : new RowPlan.Settled(gold.incomplete("no context says of which function"));
  }

  /** A caption is the whole text; what the captioner thought before it is not part of it. */
  private static RowChange read(SampleRow row, TeacherReply.Answer answer) {
    String text = answer.text() == null ? "" : answer.text().strip();
    return text.isEmpty()
        ? RowChange.reject(RejectReason.REPLY_EMPTY, "captioner thought and said nothing")
        : captioned(row, text, FROM_CAPTIONER);
  }

  private static RowChange captioned(SampleRow row, String caption, String origin) {
    return RowChange.set(caption, origin, row.text("answer"), row.text("meta"));
  }
}
