package org.sightmill.pipeline.collect.image;

import java.io.Serializable;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * Whether a picture can be used, and the bytes that are stored for it. A pure function of the
 * bytes.
 *
 * @param maxPixels more are rejected from the header, before anything is decoded
 * @param decode how far the data is looked at
 */
public record PictureCheck(long maxPixels, Decode decode) implements Serializable {

  /** How far picture data is looked at. */
  public enum Decode {
    /** Structure only: header, end of the data. About a hundred times faster. */
    HEADER,
    /** Every pixel. */
    FULL
  }

  /**
   * A picture to store.
   *
   * @param bytes upright; the given array itself where nothing had to change
   * @param header of {@code bytes}; its orientation is upright
   */
  public record Picture(byte[] bytes, ImageHeader header) {}

  /**
   * Checks {@code bytes} and turns them upright. A turned JPEG is encoded again with quality 0.95,
   * a turned PNG losslessly.
   */
  public Picture check(byte[] bytes) throws ImageFault {
    ImageHeader header = PictureStructure.read(bytes);
    if (header.pixels() > maxPixels) {
      throw new ImageFault(
          RejectReason.IMAGE_TOO_LARGE,
          "%d x %d pixels, and max_image_pixels is %d"
              .formatted(header.width(), header.height(), maxPixels));
    }
    if (header.orientation() != ImageHeader.UPRIGHT) {
      byte[] turned = UprightPicture.turned(bytes, header);
      return new Picture(turned, PictureStructure.read(turned));
    }
    if (decode == Decode.FULL) {
      UprightPicture.decode(bytes, header);
    }
    return new Picture(bytes, header);
  }
}
