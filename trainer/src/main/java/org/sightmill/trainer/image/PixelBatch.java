package org.sightmill.trainer.image;

import java.util.List;

/** All pictures of a batch behind one another, as the vision tower takes them. */
public final class PixelBatch {
  private final float[] values;
  private final long[] gridThw;

  private PixelBatch(float[] values, long[] gridThw) {
    this.values = values;
    this.gridThw = gridThw;
  }

  /** The pictures in this order; an empty list gives empty arrays. */
  public static PixelBatch of(List<PixelValues> pictures) {
    int length = pictures.stream().mapToInt(p -> p.values().length).reduce(0, Math::addExact);
    float[] values = new float[length];
    long[] grids = new long[pictures.size() * 3];
    int at = 0;
    for (int i = 0; i < pictures.size(); i++) {
      PixelValues picture = pictures.get(i);
      System.arraycopy(picture.values(), 0, values, at, picture.values().length);
      System.arraycopy(picture.gridThw(), 0, grids, i * 3, 3);
      at += picture.values().length;
    }
    return new PixelBatch(values, grids);
  }

  /** [patches of all pictures, patchValues], row-major; not a copy. */
  public float[] values() {
    return values;
  }

  /** [pictures, 3], row-major; not a copy. */
  public long[] gridThw() {
    return gridThw;
  }
}
