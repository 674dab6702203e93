package org.sightmill.pipeline.calls;

import java.util.List;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;
import org.sightmill.pipeline.teacher.TeacherRow;

/** A row of the data contract, read by column name. A view: valid while the row is. */
public final class SampleRow {
  private final Row row;

  /** A view of a row that carries its schema. */
  public SampleRow(Row row) {
    this.row = row;
  }

  /** The text of a column, or null. */
  public String text(String column) {
    return row.getAs(column);
  }

  /** Whether a column holds more than white space. */
  public boolean has(String column) {
    String text = text(column);
    return text != null && !text.isBlank();
  }

  /**
   * The answer type; null when the column is null. Collect wrote it, so another label is a defect.
   */
  public AnswerType answerType() {
    String label = text("answer_type");
    return label == null
        ? null
        : AnswerType.fromLabel(label)
            .orElseThrow(() -> new IllegalStateException("unknown answer_type " + label));
  }

  /** The options, or null when there are none. */
  public List<String> options() {
    int index = row.fieldIndex("choices");
    List<String> options = row.isNullAt(index) ? List.of() : row.getList(index);
    return options.isEmpty() ? null : options;
  }

  /** The options as choices, or null when there are none. */
  public Choices choices() {
    List<String> options = options();
    return options == null ? null : new Choices(options);
  }

  /** What captioner and reasoner may know. */
  public TeacherRow forTeacher() {
    return forTeacher(text("context"), null, null);
  }

  /** What the repairer may know: the gold answer as it stands in addition. */
  public TeacherRow forRepairer() {
    return forTeacher(text("context"), null, text("answer"));
  }

  /** What the rewriter may know: the text to rewrite in addition. */
  public TeacherRow forRewriter(String response) {
    return forTeacher(text("context"), response, null);
  }

  /** What the judge may know: the answer to judge and the gold answer in addition. */
  public TeacherRow forJudge(String response) {
    return forTeacher(text("context"), response, text("answer"));
  }

  /** As {@link #forTeacher()}, without a context that is the caption already. */
  public TeacherRow forReasoner() {
    String context = text("context");
    boolean repeated = context != null && context.equals(text("caption"));
    return forTeacher(repeated ? null : context, null, null);
  }

  private TeacherRow forTeacher(String context, String response, String gold) {
    return new TeacherRow(
        text("sample_id"),
        text("source"),
        text("image_sha256"),
        text("image_path"),
        text("question"),
        options(),
        answerType(),
        text("caption"),
        context,
        text("rationale"),
        response,
        gold);
  }
}
