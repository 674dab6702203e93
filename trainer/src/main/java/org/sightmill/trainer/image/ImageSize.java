package org.sightmill.trainer.image;

/** Height and width in pixels, both positive; height first, as in {@code image_grid_thw}. */
public record ImageSize(int height, int width) {

  /** Rejects a side below 1. */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image size must be positive but was %d x %d (height x width)"
              .formatted(height, width));
    }
  }

  /** Height times width. */
  public long pixels() {
    return (long) height * width;
  }

  /** Longer side over shorter side. */
  double aspectRatio() {
    return Math.max(height, width) / (double) Math.min(height, width);
  }
}
