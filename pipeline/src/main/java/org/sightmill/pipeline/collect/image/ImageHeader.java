package org.sightmill.pipeline.collect.image;

/**
 * What a picture's structure says, without decoding.
 *
 * @param width as stored, pixels
 * @param height as stored, pixels
 * @param orientation EXIF orientation, 1 (upright) to 8
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation) {
  /** The EXIF orientation of a picture that is stored as it is seen. */
  public static final int UPRIGHT = 1;

  /** The picture's pixels; a long, since a header may claim anything. */
  public long pixels() {
    return (long) width * height;
  }
}
