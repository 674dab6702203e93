package org.sightmill.trainer.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the vision tower sees the patches of some pictures: window by window, a
 * window's merge units row by row. Windows at the right and lower edge are smaller.
 *
 * @param order for each merge unit in window order, its place in picture order
 * @param positions row and column of each patch, in window order, two numbers a patch
 * @param windows runs of patches of the windowed blocks
 * @param frames runs of patches of the full blocks
 */
record VisionLayout(long[] order, long[] positions, Segments windows, Segments frames) {

  static VisionLayout of(List<PatchGrid> images, VisionConfig config) {
    Builder builder = new Builder(config);
    images.forEach(builder::image);
    return new VisionLayout(
        builder.order.stream().mapToLong(Long::longValue).toArray(),
        builder.positions.stream().mapToLong(Long::longValue).toArray(),
        new Segments(builder.windows),
        new Segments(builder.frames));
  }

  /** The place in window order of each unit in picture order. */
  long[] inverse() {
    long[] inverse = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[(int) order[i]] = i;
    }
    return inverse;
  }

  private static final class Builder {
    private final VisionConfig config;
    private final List<Long> order = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<Integer> windows = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();

    Builder(VisionConfig config) {
      this.config = config;
    }

    void image(PatchGrid image) {
      for (int frame = 0; frame < image.frames(); frame++) {
        frame(image.rows() / config.merge(), image.columns() / config.merge());
        frames.add(image.rows() * image.columns());
      }
    }

    private void frame(int height, int width) {
      long offset = order.size();
      int side = config.windowUnits();
      for (int top = 0; top < height; top += side) {
        for (int left = 0; left < width; left += side) {
          int bottom = Math.min(top + side, height);
          int right = Math.min(left + side, width);
          windows.add((bottom - top) * (right - left) * config.mergeUnit());
          for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
              order.add(offset + (long) y * width + x);
              unit(y, x);
            }
          }
        }
      }
    }

    private void unit(int y, int x) {
      for (int dy = 0; dy < config.merge(); dy++) {
        for (int dx = 0; dx < config.merge(); dx++) {
          positions.add((long) y * config.merge() + dy);
          positions.add((long) x * config.merge() + dx);
        }
      }
    }
  }
}
