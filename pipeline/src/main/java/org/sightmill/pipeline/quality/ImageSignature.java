package org.sightmill.pipeline.quality;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What a picture looks like, whatever its size and encoding: the difference hash (dHash, N.
 * Krawetz) along rows and along columns, and a small grey picture that tells apart what the hash
 * can't, such as two scenes on one background.
 *
 * @param rows 64 bits: whether brightness falls from each of 9 x 8 cells to its right neighbour
 * @param columns 64 bits: likewise downwards over 8 x 9 cells
 * @param grey 12 x 12 bytes, brightness from 0 to 255
 */
record ImageSignature(long rows, long columns, byte[] grey) {
  /** Raised whenever the same picture would get another signature. */
  static final int VERSION = 1;

  /** Divides by 8, 9 and 12: all three grids are sums of its cells. */
  private static final int FINE = 72;

  private static final int GREY = 12;

  /** Brightness of 255 that must fall to count: flat areas differ by their compression alone. */
  private static final double LEAST_FALL = 2;

  /** Brightness that one cell of the same picture may differ after scaling and compression. */
  static final int MAX_CELL_DIFFERENCE = 24;

  /** The signature of an encoded picture; empty when it does not decode. */
  static Optional<ImageSignature> of(byte[] bytes) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Optional.of(of(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw unchecked exceptions of many kinds on broken data. The caller
      // counts the picture as one that can't be compared.
      return Optional.empty();
    }
  }

  static ImageSignature of(BufferedImage image) {
    double[] fine = fine(image);
    double[] wide = coarse(fine, 9, 8);
    double[] high = coarse(fine, 8, 9);
    long rows = 0;
    long columns = 0;
    for (int i = 0; i < 64; i++) {
      int x = i % 8;
      int y = i / 8;
      rows |= falls(wide[y * 9 + x], wide[y * 9 + x + 1]) << i;
      columns |= falls(high[y * 8 + x], high[(y + 1) * 8 + x]) << i;
    }
    double[] cells = coarse(fine, GREY, GREY);
    byte[] grey = new byte[cells.length];
    for (int i = 0; i < cells.length; i++) {
      grey[i] = (byte) Math.round(cells[i]);
    }
    return new ImageSignature(rows, columns, grey);
  }

  private static long falls(double from, double to) {
    return from > to + LEAST_FALL ? 1 : 0;
  }

  /** Bits in which the hashes differ, 0 to 128. */
  int distance(ImageSignature other) {
    return Long.bitCount(rows ^ other.rows) + Long.bitCount(columns ^ other.columns);
  }

  /** Whether both show the same: close hashes, and no cell of another brightness. */
  boolean isLike(ImageSignature other, int maxDistance) {
    if (distance(other) > maxDistance) {
      return false;
    }
    for (int i = 0; i < grey.length; i++) {
      if (Math.abs((grey[i] & 0xFF) - (other.grey[i] & 0xFF)) > MAX_CELL_DIFFERENCE) {
        return false;
      }
    }
    return true;
  }

  /** Mean brightness of 72 x 72 cells. A picture with fewer pixels repeats them. */
  private static double[] fine(BufferedImage image) {
    BufferedImage bytes = asBytes(image);
    byte[] data = ((DataBufferByte) bytes.getRaster().getDataBuffer()).getData();
    int channels = bytes.getRaster().getNumBands();
    int width = bytes.getWidth();
    int height = bytes.getHeight();
    double[] cells = new double[FINE * FINE];
    for (int y = 0; y < FINE; y++) {
      int top = (int) ((long) y * height / FINE);
      int bottom = Math.max(top + 1, (int) ((long) (y + 1) * height / FINE));
      for (int x = 0; x < FINE; x++) {
        int left = (int) ((long) x * width / FINE);
        int right = Math.max(left + 1, (int) ((long) (x + 1) * width / FINE));
        long sum = 0;
        for (int row = top; row < bottom; row++) {
          sum += brightness(data, (row * width + left) * channels, right - left, channels);
        }
        cells[y * FINE + x] = sum / (256.0 * (bottom - top) * (right - left));
      }
    }
    return cells;
  }

  /** Sum of 256 times the luma (ITU-R BT.601) of some pixels in a row. */
  private static long brightness(byte[] data, int from, int pixels, int channels) {
    long sum = 0;
    int at = from;
    for (int i = 0; i < pixels; i++) {
      sum +=
          channels == 1
              ? 256L * (data[at] & 0xFF)
              : 29 * (data[at] & 0xFF) + 150 * (data[at + 1] & 0xFF) + 77 * (data[at + 2] & 0xFF);
      at += channels;
    }
    return sum;
  }

  /** Grey or blue-green-red bytes without gaps; transparency on white, as pages show it. */
  private static BufferedImage asBytes(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        || image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      return image;
    }
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return copy;
  }

  private static double[] coarse(double[] fine, int width, int height) {
    int cellWidth = FINE / width;
    int cellHeight = FINE / height;
    double[] cells = new double[width * height];
    for (int y = 0; y < FINE; y++) {
      for (int x = 0; x < FINE; x++) {
        cells[y / cellHeight * width + x / cellWidth] += fine[y * FINE + x];
      }
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] /= cellWidth * cellHeight;
    }
    return cells;
  }
}
