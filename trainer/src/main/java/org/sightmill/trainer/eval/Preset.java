package org.sightmill.trainer.eval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Decoding settings that go by a name, which every table shows. */
public enum Preset {
  /** The paper's evaluation: 800 new tokens, at most 256 * 32 * 32 pixels. */
  PAPER(800, 4L * 28 * 28, 256L * 32 * 32),
  /** VLMEvalKit's adapter for these models: 2048 new tokens, its pixel limits. */
  VLMEVALKIT(2048, 1280L * 28 * 28, 16384L * 28 * 28);

  private final int newTokens;
  private final long minPixels;
  private final long maxPixels;

  Preset(int newTokens, long minPixels, long maxPixels) {
    this.newTokens = newTokens;
    this.minPixels = minPixels;
    this.maxPixels = maxPixels;
  }

  /** The most tokens of an answer. */
  public int newTokens() {
    return newTokens;
  }

  /** Smaller pictures are enlarged to this many pixels. */
  public long minPixels() {
    return minPixels;
  }

  /** Larger pictures are shrunk to this many pixels. */
  public long maxPixels() {
    return maxPixels;
  }

  /** The name on the command line and in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The preset with this label. */
  public static Optional<Preset> fromLabel(String label) {
    return Arrays.stream(values())
        .filter(preset -> preset.label().equals(label.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
