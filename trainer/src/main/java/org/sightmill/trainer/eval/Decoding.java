package org.sightmill.trainer.eval;

import java.io.Serializable;
import java.util.Objects;

/**
 * How answers are generated.
 *
 * @param newTokens the most tokens of an answer, overriding the preset's
 * @param temperature 0 takes the likeliest token
 * @param seed of sampling; says nothing at temperature 0
 * @param batch items generated together
 * @param promptLimit longer prompts are counted, not cut; in tokens
 */
public record Decoding(
    Preset preset, int newTokens, double temperature, long seed, int batch, int promptLimit)
    implements Serializable {
  /** The context of the published models. */
  public static final int PROMPT_LIMIT = 32_768;

  /** Rejects what cannot be. */
  public Decoding {
    Objects.requireNonNull(preset, "preset");
    if (newTokens < 1 || !(temperature >= 0) || batch < 1 || promptLimit < 1) {
      throw new IllegalArgumentException(
          "new tokens, batch and prompt limit must be at least 1 and temperature at least 0: %s, %s, %s, %s"
              .formatted(newTokens, batch, promptLimit, temperature));
    }
  }

  /** Greedy decoding with the preset's limits. */
  public static Decoding of(Preset preset) {
    return new Decoding(preset, preset.newTokens(), 0, 0, 8, PROMPT_LIMIT);
  }

  /** In one line, for tables. */
  public String describe() {
    String choice =
        temperature == 0 ? "greedy" : "temperature %s, seed %d".formatted(temperature, seed);
    return "preset %s: %d new tokens, at most %,d pixels, %s"
        .formatted(preset.label(), newTokens, preset.maxPixels(), choice);
  }
}
