package org.sightmill.jobs.config;

import org.sightmill.trainer.model.InitialScale;

/**
 * A tiny model with random weights that is made in {@code model.path} where that folder is not
 * there yet: what pre-training starts from.
 *
 * @param hidden width, a multiple of 64
 * @param layers of the decoder
 * @param merges byte pairs that the tokenizer learns from the data
 * @param maxPixels larger pictures are shrunk
 * @param seed of the weights
 * @param scale of random weights; null for one over the root of the inputs
 */
public record NewModelSection(
    int hidden, int layers, int merges, long maxPixels, long seed, InitialScale scale) {

  /** About a million weights. */
  public static final NewModelSection TINY = new NewModelSection(128, 4, 256, 112 * 112, 1, null);

  /** Rejects sizes that no model has. */
  public NewModelSection {
    scale = scale == null ? InitialScale.FAN_IN : scale;
    if (hidden < 64 || hidden % 64 != 0 || layers < 1 || merges < 0 || maxPixels < 28 * 28) {
      throw new IllegalArgumentException(
          "hidden must be a multiple of 64, layers at least 1, merges at least 0 and max_pixels at"
              + " least 784, but they were %d, %d, %d and %d"
                  .formatted(hidden, layers, merges, maxPixels));
    }
  }
}
