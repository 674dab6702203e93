package org.sightmill.trainer.reward;

import java.util.Objects;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * One completion to reward.
 *
 * @param sampleId the sample; completions of one sample share its reference score
 * @param type which of the five functions applies
 * @param question the question as asked, for the scorer
 * @param imagePath where the picture is, for the scorer; null when there is none
 * @param gold the reference answer
 * @param choices the options, or null
 * @param completion the whole model output
 * @param tokens the length of the completion in tokens, for shaping
 */
public record RewardRequest(
    String sampleId,
    AnswerType type,
    String question,
    String imagePath,
    String gold,
    Choices choices,
    String completion,
    int tokens) {

  /** Rejects null everywhere but in {@code imagePath} and {@code choices}. */
  public RewardRequest {
    Objects.requireNonNull(sampleId, "sampleId");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(gold, "gold");
    Objects.requireNonNull(completion, "completion");
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens must not be negative but was " + tokens);
    }
  }
}
