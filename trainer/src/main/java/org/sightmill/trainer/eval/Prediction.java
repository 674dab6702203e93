package org.sightmill.trainer.eval;

import java.util.Objects;
import org.sightmill.pipeline.answer.Completion;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;

/**
 * What a model said to one item.
 *
 * @param index of the row
 * @param outcome {@value #ANSWERED}, or the stable code of why there is no answer
 * @param response as generated; null without an answer
 * @param truncated whether the token limit ended it
 * @param promptTokens of the prompt, pictures included; 0 when unknown
 * @param completionTokens generated; 0 when unknown
 * @param seconds of the device; 0 when unknown
 */
public record Prediction(
    String index,
    String outcome,
    String response,
    boolean truncated,
    int promptTokens,
    int completionTokens,
    double seconds) {
  /** The outcome of an item that was answered. */
  public static final String ANSWERED = "ANSWERED";

  /** The outcome of an item that nobody was asked about. */
  public static final String MISSING = "PREDICTION_MISSING";

  /** The outcome of an item whose pictures are not there. */
  public static final String NO_IMAGE = "IMAGE_MISSING";

  /** Rejects null where it is not allowed. */
  public Prediction {
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(outcome, "outcome");
    if (outcome.equals(ANSWERED) == (response == null)) {
      throw new IllegalArgumentException(
          "item %s: %s and %s response"
              .formatted(index, outcome, response == null ? "no" : "yet a"));
    }
  }

  /** An answer of which nothing else is known. */
  public static Prediction said(String index, String response) {
    return new Prediction(index, ANSWERED, response, false, 0, 0, 0);
  }

  /** No answer. */
  public static Prediction none(String index, String outcome) {
    return new Prediction(index, outcome, null, false, 0, 0, 0);
  }

  /** Whether there is an answer. */
  public boolean answered() {
    return outcome.equals(ANSWERED);
  }

  /** What VLMEvalKit's adapter for these models passes on: the one answer block, or everything. */
  public String passedOn() {
    return EvaluatorRules.vlaaExtract(response);
  }

  /** How well the response kept to the format of think and answer tags. */
  public Completion.Status format() {
    return Completion.split(response).status();
  }
}
