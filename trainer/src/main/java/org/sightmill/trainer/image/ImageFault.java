package org.sightmill.trainer.image;

/** Why a picture cannot be used. The codes are stable: reports and dashboards count by them. */
public enum ImageFault {
  /** The file is missing or the storage failed; the picture itself was not judged. */
  UNREADABLE("image_unreadable"),
  /** There are no bytes. */
  EMPTY("image_empty"),
  /** No installed ImageIO reader knows the format. */
  UNKNOWN_FORMAT("image_unknown_format"),
  /** The header or the pixel data breaks the rules of its format. */
  CORRUPT("image_corrupt"),
  /** The pixel data ends early, where the reader can tell that from other damage. */
  TRUNCATED("image_truncated"),
  /** A legal picture in a form that the reader does not decode. */
  UNSUPPORTED("image_unsupported"),
  /**
   * More pixels than {@link PictureDecoder#MAX_SOURCE_PIXELS}: judged before anything is decoded.
   */
  TOO_MANY_PIXELS("image_too_many_pixels"),
  /** Longer side over shorter side above {@link ImagePreprocessor#MAX_ASPECT_RATIO}. */
  TOO_ELONGATED("image_too_elongated");

  private final String code;

  ImageFault(String code) {
    this.code = code;
  }

  /** The stable code. */
  public String code() {
    return code;
  }
}
