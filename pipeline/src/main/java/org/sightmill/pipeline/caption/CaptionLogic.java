package org.sightmill.pipeline.caption;

import java.util.List;
import org.sightmill.pipeline.calls.RowChange;
import org.sightmill.pipeline.calls.RowLogic;
import org.sightmill.pipeline.calls.RowPlan;
import org.sightmill.pipeline.calls.SampleRow;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.teacher.TeacherReply;

/** Uses what the source brings and says so; otherwise asks the captioner. */
final class CaptionLogic implements RowLogic {
  private static final long serialVersionUID = 1L;

  /** The values of {@code caption_origin}. */
  static final String FROM_SOURCE = "source";

  static final String FROM_CONTEXT = "context";
  static final String FROM_CAPTIONER = "captioner";

  private final CaptionConfig.ContextUse contextUse;
  private final TeacherBinding captioner;

  CaptionLogic(CaptionConfig config, TeacherBinding captioner) {
    this.contextUse = config.contextUse();
    this.captioner = captioner;
  }

  @Override
  public List<String> columns() {
    return List.of("caption", "caption_origin");
  }

  @Override
  public RowPlan plan(SampleRow row) {
    if (row.has("caption")) {
      String origin = row.has("caption_origin") ? row.text("caption_origin") : FROM_SOURCE;
      return new RowPlan.Settled(RowChange.set(row.text("caption"), origin));
    }
    if (row.has("reasoning_raw")) {
      return new RowPlan.Settled(RowChange.none());
    }
    if (row.has("context") && contextUse == CaptionConfig.ContextUse.INSTEAD) {
      return new RowPlan.Settled(RowChange.set(row.text("context"), FROM_CONTEXT));
    }
    return new RowPlan.Ask(captioner.request(row.forTeacher()), CaptionLogic::read, null);
  }

  /** A caption is the whole text; what the captioner thought before it is not part of it. */
  private static RowChange read(TeacherReply.Answer answer) {
    String text = answer.text() == null ? "" : answer.text().strip();
    return text.isEmpty()
        ? RowChange.reject(RejectReason.REPLY_EMPTY, "captioner thought and said nothing")
        : RowChange.set(text, FROM_CAPTIONER);
  }
}
