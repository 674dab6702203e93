package org.sightmill.pipeline.teacher;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.sightmill.pipeline.prompt.QuestionValues;

/** The placeholders of every role's prompt, with their values for one row. */
final class RowValues implements UnaryOperator<String> {
  /** All names that {@link #apply} knows. */
  static final Set<String> NAMES = names();

  private final TeacherRow row;
  private final QuestionValues question;

  RowValues(TeacherRow row) {
    this.row = row;
    this.question = new QuestionValues(row.question(), row.choices(), row.answerType());
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(QuestionValues.NAMES);
    names.addAll(Set.of("caption", "context", "rationale", "response", "gold"));
    return Set.copyOf(names);
  }

  @Override
  public String apply(String name) {
    return switch (name) {
      case "caption" -> row.caption();
      case "context" -> row.context();
      case "rationale" -> row.rationale();
      case "response" -> row.response();
      case "gold" -> row.gold();
      default -> question.apply(name);
    };
  }
}
