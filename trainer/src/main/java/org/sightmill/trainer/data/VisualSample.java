package org.sightmill.trainer.data;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * A row of {@code 6-curate}, without the picture's bytes.
 *
 * @param sampleId groups of rollouts go by it
 * @param imagePath what {@link PictureSource} reads; null for a question without a picture
 * @param options texts of the options in order, empty for none
 * @param answer the gold
 * @param response what supervised training teaches; null where there is none
 */
public record VisualSample(
    String sampleId,
    String imagePath,
    String question,
    List<String> options,
    String answer,
    AnswerType answerType,
    String response)
    implements Serializable {

  /** Rejects null but in {@code imagePath} and {@code response}. */
  public VisualSample {
    Objects.requireNonNull(sampleId, "sampleId");
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(answerType, "answerType");
    options = List.copyOf(options);
  }

  /** The options as the verifier takes them, null for none. */
  public Choices choices() {
    return options.isEmpty() ? null : new Choices(options);
  }
}
