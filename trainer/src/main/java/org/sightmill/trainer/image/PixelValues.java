package org.sightmill.trainer.image;

/**
 * One picture as the vision tower takes it: {@code pixel_values} [patches, patchValues] in merge
 * order and its row of {@code image_grid_thw}.
 *
 * <p>Patches come in the order [frame group, y / merge, x / merge, y in merge, x in merge], so that
 * each run of merge x merge patches makes one token; the values of a patch in the order [channel,
 * frame, y, x].
 */
public final class PixelValues {
  private final float[] values;
  private final int gridHeight;
  private final int gridWidth;
  private final int tokens;

  PixelValues(float[] values, int gridHeight, int gridWidth, int tokens) {
    this.values = values;
    this.gridHeight = gridHeight;
    this.gridWidth = gridWidth;
    this.tokens = tokens;
  }

  /** [patches, patchValues], row-major; not a copy, so do not write to it. */
  public float[] values() {
    return values;
  }

  /** Frame groups, rows and columns of patches: {@code {1, height, width}}. */
  public long[] gridThw() {
    return new long[] {1, gridHeight, gridWidth};
  }

  /** Rows of {@link #values}. */
  public int patches() {
    return gridHeight * gridWidth;
  }

  /** Image tokens in the prompt: patches / merge². */
  public int tokens() {
    return tokens;
  }
}
