package org.sightmill.trainer.image;

import java.util.Arrays;

/**
 * Pillow's bicubic resampling of 8 bit pictures, bit for bit: a horizontal pass, then a vertical
 * one, each rounded to bytes; a pass is left out where the side does not change. Strips are shrunk
 * vertically first. This is the order up to Pillow 12; Pillow 13 goes by cost, and may differ by a
 * few levels where it turns the order round.
 */
final class BicubicResizer {
  /** Height over width above which a picture that gets lower is resampled vertically first. */
  private static final int STRIP_RATIO = 100;

  private static final int HALF = 1 << (ResampleWeights.FRACTION_BITS - 1);

  private BicubicResizer() {}

  static RgbPicture resize(RgbPicture source, ImageSize target) {
    boolean strip = source.height() > (long) STRIP_RATIO * source.width();
    return strip && target.height() < source.height()
        ? horizontal(vertical(source, target.height()), target.width())
        : vertical(horizontal(source, target.width()), target.height());
  }

  private static RgbPicture horizontal(RgbPicture source, int width) {
    if (width == source.width()) {
      return source;
    }
    ImageSize size = new ImageSize(source.height(), width);
    ResampleWeights weights = new ResampleWeights(source.width(), width);
    byte[] out = new byte[Math.toIntExact(size.pixels() * RgbPicture.CHANNELS)];
    for (int y = 0; y < size.height(); y++) {
      resampleRow(
          source.rgb(), y * source.stride(), out, y * size.width() * RgbPicture.CHANNELS, weights);
    }
    return RgbPicture.of(size, out);
  }

  private static void resampleRow(
      byte[] in, int inRow, byte[] out, int outRow, ResampleWeights weights) {
    for (int x = 0; x < weights.first.length; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int pixel = inRow + weights.first[x] * RgbPicture.CHANNELS;
      int tap = x * weights.taps;
      for (int end = tap + weights.count[x]; tap < end; tap++, pixel += RgbPicture.CHANNELS) {
        int weight = weights.weight[tap];
        red += (in[pixel] & 0xff) * weight;
        green += (in[pixel + 1] & 0xff) * weight;
        blue += (in[pixel + 2] & 0xff) * weight;
      }
      int to = outRow + x * RgbPicture.CHANNELS;
      out[to] = clipped(red);
      out[to + 1] = clipped(green);
      out[to + 2] = clipped(blue);
    }
  }

  private static RgbPicture vertical(RgbPicture source, int height) {
    if (height == source.height()) {
      return source;
    }
    ImageSize size = new ImageSize(height, source.width());
    ResampleWeights weights = new ResampleWeights(source.height(), height);
    int stride = source.stride();
    byte[] out = new byte[Math.toIntExact(size.pixels() * RgbPicture.CHANNELS)];
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      for (int i = 0; i < weights.count[y]; i++) {
        int row = (weights.first[y] + i) * stride;
        addRow(sums, source.rgb(), row, weights.weight[y * weights.taps + i]);
      }
      clipRow(sums, out, y * stride);
    }
    return RgbPicture.of(size, out);
  }

  private static void addRow(int[] sums, byte[] in, int row, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (in[row + i] & 0xff) * weight;
    }
  }

  private static void clipRow(int[] sums, byte[] out, int row) {
    for (int i = 0; i < sums.length; i++) {
      out[row + i] = clipped(sums[i]);
    }
  }

  private static byte clipped(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> ResampleWeights.FRACTION_BITS));
  }
}
