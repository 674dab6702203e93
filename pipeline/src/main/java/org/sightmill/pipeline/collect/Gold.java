package org.sightmill.pipeline.collect;

import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.collect.source.AnswerAs;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * A gold answer in the form of the data contract: a number or expression as written, an option's
 * letter, a box still in its source's unit. Boxes become fractions when the picture's size is
 * known, see {@link GoldBox}.
 *
 * @param text the normalised answer
 */
record Gold(AnswerType type, String text) {

  /**
   * Decides the type and normalises.
   *
   * @param declared the type that configuration or record declare; empty = decide
   * @param choices null when the question has none
   */
  static Gold of(
      String answer, Optional<AnswerType> declared, List<String> choices, AnswerAs answerAs)
      throws RowFault {
    String text = answer.strip();
    AnswerType type = declared.orElseGet(() -> AnswerTypes.decide(text, choices));
    return switch (type) {
      case CHOICE -> new Gold(type, letter(text, choices, answerAs));
      case DIGIT -> new Gold(type, number(text));
      case BOX -> new Gold(type, text);
      case MATH, OPEN -> new Gold(type, text);
    };
  }

  private static String letter(String text, List<String> choices, AnswerAs answerAs)
      throws RowFault {
    if (choices == null) {
      return LetterGold.withoutChoices(text);
    }
    return String.valueOf(Choices.letter(LetterGold.index(text, choices, answerAs)));
  }

  private static String number(String text) throws RowFault {
    String number = AnswerTypes.withoutMathDelimiters(text);
    if (!AnswerTypes.isNumber(number)) {
      throw new RowFault(
          RejectReason.ANSWER_TYPE_MISMATCH, "answer '%s' is not a number".formatted(text));
    }
    return number;
  }
}
