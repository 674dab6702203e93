package org.sightmill.jobs.config;

import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.Preset;

/**
 * How all arms are asked.
 *
 * @param preset new tokens and pixels, by name
 * @param newTokens the most tokens of an answer; null for the preset's
 * @param temperature 0 takes the likeliest token
 * @param seed of sampling; says nothing at temperature 0
 * @param batch items generated together
 * @param systemPrompt what arms were trained under; null for that of the first arm trained here, or
 *     else the packaged one
 */
public record DecodingSection(
    Preset preset,
    Integer newTokens,
    double temperature,
    long seed,
    int batch,
    String systemPrompt) {

  /** Greedy, as in the paper. */
  public static final DecodingSection DEFAULT =
      new DecodingSection(Preset.PAPER, null, 0, 0, Decoding.of(Preset.PAPER).batch(), null);

  /** Rejects what the decoder would. */
  public DecodingSection {
    decoding(preset, newTokens, temperature, seed, batch);
  }

  /** As the decoder takes it. */
  public Decoding decoding() {
    return decoding(preset, newTokens, temperature, seed, batch);
  }

  private static Decoding decoding(
      Preset preset, Integer newTokens, double temperature, long seed, int batch) {
    int tokens = newTokens == null ? preset.newTokens() : newTokens;
    return new Decoding(preset, tokens, temperature, seed, batch, Decoding.PROMPT_LIMIT);
  }
}
