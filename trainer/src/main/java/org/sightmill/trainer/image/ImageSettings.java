package org.sightmill.trainer.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How pictures become patches: the values of {@code preprocessor_config.json}.
 *
 * @param patchPixels side of a square patch
 * @param temporalFrames frames of a patch; a still picture is repeated that often
 * @param mergePatches side, in patches, of the square that becomes one token
 * @param minPixels smaller pictures are enlarged to at least this many pixels
 * @param maxPixels larger pictures are shrunk to at most this many pixels
 * @param mean subtracted from each channel
 * @param deviation each channel is divided by it
 */
public record ImageSettings(
    int patchPixels,
    int temporalFrames,
    int mergePatches,
    long minPixels,
    long maxPixels,
    ChannelValues mean,
    ChannelValues deviation) {

  /** What the published Qwen2.5-VL checkpoints carry in their {@code preprocessor_config.json}. */
  public static final ImageSettings QWEN25_VL =
      new ImageSettings(
          14,
          2,
          2,
          4L * 28 * 28,
          16384L * 28 * 28,
          new ChannelValues(0.48145466, 0.4578275, 0.40821073),
          new ChannelValues(0.26862954, 0.26130258, 0.27577711));

  /** Rejects sizes below 1, crossed limits and a deviation that cannot divide. */
  public ImageSettings {
    requirePositive("patch_size", patchPixels);
    requirePositive("temporal_patch_size", temporalFrames);
    requirePositive("merge_size", mergePatches);
    requirePositive("min_pixels", minPixels);
    if (maxPixels < minPixels) {
      throw new IllegalArgumentException(
          "max_pixels %d is below min_pixels %d".formatted(maxPixels, minPixels));
    }
    if (!(deviation.red() > 0 && deviation.green() > 0 && deviation.blue() > 0)) {
      throw new IllegalArgumentException("image_std must be positive but was " + deviation);
    }
  }

  /**
   * Reads {@code preprocessor_config.json}, with {@code min_pixels} and {@code max_pixels} or with
   * {@code size.shortest_edge} and {@code size.longest_edge}. All of these values must be there.
   *
   * @throws IllegalArgumentException if one is missing or wrong, with the file's name
   */
  public static ImageSettings read(Path file) throws IOException {
    return ImageSettingsFile.read(file);
  }

  /** These settings with other limits on the number of pixels. */
  public ImageSettings withPixels(long minPixels, long maxPixels) {
    return new ImageSettings(
        patchPixels, temporalFrames, mergePatches, minPixels, maxPixels, mean, deviation);
  }

  /** Side in pixels of the square that becomes one token; both sides of a picture divide by it. */
  public int factor() {
    return patchPixels * mergePatches;
  }

  /** Values of one patch: channels x frames x side x side. */
  public int patchValues() {
    return RgbPicture.CHANNELS * temporalFrames * patchPixels * patchPixels;
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be positive but was %d".formatted(name, value));
    }
  }
}
