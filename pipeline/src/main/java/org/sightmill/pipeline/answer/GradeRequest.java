package org.sightmill.pipeline.answer;

import java.util.Objects;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * One answer to judge.
 *
 * @param type how to judge it
 * @param gold the right answer as text: for a choice its letter or its text, for a box {@code [x1,
 *     y1, x2, y2]}; empty makes the verdict {@link Verdict#UNPARSED}
 * @param prediction what the model said
 * @param choices the options, or null when the question has none
 * @param scope whether the prediction is an answer or a whole completion
 */
public record GradeRequest(
    AnswerType type, String gold, String prediction, Choices choices, Scope scope) {

  /** Rejects null everywhere but in {@code choices}. */
  public GradeRequest {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(gold, "gold");
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(scope, "scope");
  }
}
