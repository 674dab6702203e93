package org.sightmill.trainer.model;

import java.util.Objects;

/**
 * A picture or clip as the vision tower takes it.
 *
 * @param values normalised patch rows in merge-unit order, one below the other
 * @param frames temporal patches, 1 for a picture
 * @param rows patches from top to bottom
 * @param columns patches from left to right
 */
public record PatchGrid(float[] values, int frames, int rows, int columns) {

  /** Rejects a grid without patches, and values that do not divide into them. */
  public PatchGrid {
    Objects.requireNonNull(values, "values");
    if (frames < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a patch grid needs positive sizes but has %d x %d x %d"
              .formatted(frames, rows, columns));
    }
    if (values.length % (frames * rows * columns) != 0) {
      throw new IllegalArgumentException(
          "%d values do not divide into %d x %d x %d patches"
              .formatted(values.length, frames, rows, columns));
    }
  }

  /** Patches in all. */
  public int patches() {
    return frames * rows * columns;
  }
}
