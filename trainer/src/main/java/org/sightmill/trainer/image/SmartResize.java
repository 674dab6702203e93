package org.sightmill.trainer.image;

/**
 * The reference's {@code smart_resize}: sides to multiples of the factor, the number of pixels
 * within limits, the aspect ratio nearly kept.
 */
final class SmartResize {
  private final int factor;
  private final long minPixels;
  private final long maxPixels;

  SmartResize(ImageSettings settings) {
    this.factor = settings.factor();
    this.minPixels = settings.minPixels();
    this.maxPixels = settings.maxPixels();
  }

  ImageSize target(ImageSize size) {
    long height = rounded(size.height());
    long width = rounded(size.width());
    if (height * width > maxPixels) {
      return shrunk(size);
    }
    return height * width < minPixels ? enlarged(size) : imageSize(height, width);
  }

  /** Half to even, as Python rounds; 0 for a side below half the factor, which enlarging mends. */
  private long rounded(int side) {
    return (long) Math.rint(side / (double) factor) * factor;
  }

  private ImageSize shrunk(ImageSize size) {
    double beta = Math.sqrt(size.pixels() / (double) maxPixels);
    return imageSize(floored(size.height() / beta), floored(size.width() / beta));
  }

  private long floored(double side) {
    return Math.max(factor, (long) Math.floor(side / factor) * factor);
  }

  private ImageSize enlarged(ImageSize size) {
    double beta = Math.sqrt(minPixels / (double) size.pixels());
    return imageSize(raised(size.height() * beta), raised(size.width() * beta));
  }

  private long raised(double side) {
    return (long) Math.ceil(side / factor) * factor;
  }

  private static ImageSize imageSize(long height, long width) {
    return new ImageSize(Math.toIntExact(height), Math.toIntExact(width));
  }
}
