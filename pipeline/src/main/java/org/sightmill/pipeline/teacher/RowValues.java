package org.sightmill.pipeline.teacher;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/** The placeholders of every role's prompt, with their values for one row. */
final class RowValues implements UnaryOperator<String> {
  /** All names that {@link #apply} knows. */
  static final Set<String> NAMES =
      Set.of(
          "question",
          "choices",
          "caption",
          "context",
          "rationale",
          "response",
          "gold",
          "answer_type",
          "is_digit",
          "is_choice",
          "is_math",
          "is_box",
          "is_open");

  private static final String IS = "is_";

  private final TeacherRow row;

  RowValues(TeacherRow row) {
    this.row = row;
  }

  /** The value, or null when the row has none. */
  @Override
  public String apply(String name) {
    return switch (name) {
      case "question" -> row.question();
      case "choices" -> lettered(row.choices());
      case "caption" -> row.caption();
      case "context" -> row.context();
      case "rationale" -> row.rationale();
      case "response" -> row.response();
      case "gold" -> row.gold();
      case "answer_type" -> row.answerType() == null ? null : row.answerType().label();
      default -> isOfType(row.answerType(), name) ? "yes" : null;
    };
  }

  private static boolean isOfType(AnswerType type, String name) {
    return type != null && name.equals(IS + type.label());
  }

  /** One option a line, as {@code A: text}. */
  private static String lettered(List<String> options) {
    if (options == null) {
      return null;
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < options.size(); i++) {
      lines.append(i == 0 ? "" : "\n").append(Choices.letter(i)).append(": ");
      lines.append(options.get(i));
    }
    return lines.toString();
  }
}
