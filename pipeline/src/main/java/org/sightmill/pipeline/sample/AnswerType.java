package org.sightmill.pipeline.sample;

import java.util.Locale;
import java.util.Optional;

/** How the answer to a question is judged: the five reward functions of the paper (section 4.1). */
public enum AnswerType {
  /** Any number; the name is the paper's, whose golds are single digits. */
  DIGIT,
  /** One letter among given options. */
  CHOICE,
  /** A mathematical expression in LaTeX or plain text. */
  MATH,
  /** A bounding box {@code [x1, y1, x2, y2]}. */
  BOX,
  /** Free text, compared with a reference answer. */
  OPEN;

  /** The value in the {@code answer_type} column and in {@code grade}'s input. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type with this label, ignoring case; {@code numeric}, {@code mcq} and {@code bbox}, the
   * names used by public test sets, are accepted as {@code digit}, {@code choice} and {@code box}.
   */
  public static Optional<AnswerType> fromLabel(String label) {
    return switch (label.strip().toLowerCase(Locale.ROOT)) {
      case "digit", "numeric" -> Optional.of(DIGIT);
      case "choice", "mcq" -> Optional.of(CHOICE);
      case "math" -> Optional.of(MATH);
      case "box", "bbox" -> Optional.of(BOX);
      case "open" -> Optional.of(OPEN);
      default -> Optional.empty();
    };
  }
}
