package org.sightmill.trainer.image;

/** A decoded picture: 8 bit RGB, rows from the top, three bytes a pixel. */
public final class RgbPicture {
  /** Bytes of a pixel. */
  public static final int CHANNELS = 3;

  private final ImageSize size;
  private final byte[] rgb;

  private RgbPicture(ImageSize size, byte[] rgb) {
    this.size = size;
    this.rgb = rgb;
  }

  /**
   * A picture over these bytes, which are not copied.
   *
   * @param rgb height x width x 3, interleaved
   */
  public static RgbPicture of(ImageSize size, byte[] rgb) {
    if (rgb.length != size.pixels() * CHANNELS) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels has %d bytes but got %d"
              .formatted(size.height(), size.width(), size.pixels() * CHANNELS, rgb.length));
    }
    return new RgbPicture(size, rgb);
  }

  /** Height and width. */
  public ImageSize size() {
    return size;
  }

  /** The bytes themselves, [height, width, 3]; not a copy, so do not write to them. */
  public byte[] rgb() {
    return rgb;
  }

  int height() {
    return size.height();
  }

  int width() {
    return size.width();
  }

  /** Bytes of one row. */
  int stride() {
    return size.width() * CHANNELS;
  }
}
