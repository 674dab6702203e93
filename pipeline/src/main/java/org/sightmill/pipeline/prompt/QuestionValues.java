package org.sightmill.pipeline.prompt;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * The placeholders that every prompt over a question has: {@code question}, {@code choices} with
 * their letters, a line each, {@code answer_type}, and {@code is_digit} to {@code is_open}, which
 * have a value for one type only.
 *
 * @param options null for none
 * @param answerType null when it is not known
 */
public record QuestionValues(String question, List<String> options, AnswerType answerType)
    implements UnaryOperator<String> {
  /** All names that {@link #apply} knows. */
  public static final Set<String> NAMES =
      Set.of(
          "question",
          "choices",
          "answer_type",
          "is_digit",
          "is_choice",
          "is_math",
          "is_box",
          "is_open");

  private static final String IS = "is_";

  @Override
  public String apply(String name) {
    return switch (name) {
      case "question" -> question;
      case "choices" -> lettered();
      case "answer_type" -> answerType == null ? null : answerType.label();
      default -> isOfType(name) ? "yes" : null;
    };
  }

  private boolean isOfType(String name) {
    return answerType != null && name.equals(IS + answerType.label());
  }

  private String lettered() {
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
