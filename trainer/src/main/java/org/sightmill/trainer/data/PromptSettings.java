package org.sightmill.trainer.data;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.sightmill.pipeline.prompt.PolicyPrompt;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * How questions are put.
 *
 * @param systemPrompt the same in training and evaluation
 * @param instructions what is added to the question of each answer type; a type without one gets
 *     nothing
 * @param maxPromptLength tokens, those of pictures included; a longer prompt is rejected, not cut
 * @param minPixels smaller pictures are enlarged; 0 for what the model's folder says
 * @param maxPixels larger pictures are shrunk; 0 for what the model's folder says
 */
public record PromptSettings(
    String systemPrompt,
    Map<AnswerType, String> instructions,
    int maxPromptLength,
    long minPixels,
    long maxPixels)
    implements Serializable {

  /** Long enough for a picture of a thousand tokens and its question. */
  public static final int DEFAULT_MAX_PROMPT_LENGTH = 2048;

  /**
   * The system text of the prompt {@code policy}, which exports and evaluation use too, and our
   * instructions: the paper states that there are such prompts, and their tags.
   */
  public static final PromptSettings DEFAULT =
      new PromptSettings(
          PolicyPrompt.packaged().system(),
          Map.of(
              AnswerType.DIGIT, "Answer with a number.",
              AnswerType.CHOICE, "Answer with the letter of the right option.",
              AnswerType.MATH, "Answer with a mathematical expression.",
              AnswerType.BOX, "Answer with the box [x1, y1, x2, y2] in fractions of the picture.",
              AnswerType.OPEN, "Answer with a word, a phrase or a short text."),
          DEFAULT_MAX_PROMPT_LENGTH,
          0,
          0);

  /** Copies the map; rejects limits out of range. */
  public PromptSettings {
    EnumMap<AnswerType, String> copy = new EnumMap<>(AnswerType.class);
    copy.putAll(instructions);
    instructions = Map.copyOf(copy);
    if (systemPrompt == null) {
      throw new IllegalArgumentException("system_prompt is required");
    }
    if (maxPromptLength < 1) {
      throw new IllegalArgumentException(
          "max_prompt_length must be at least 1 but was " + maxPromptLength);
    }
    if (minPixels < 0 || maxPixels < minPixels) {
      throw new IllegalArgumentException(
          "max_pixels must be at least min_pixels, and both at least 0, but they were %d and %d"
              .formatted(maxPixels, minPixels));
    }
  }
}
