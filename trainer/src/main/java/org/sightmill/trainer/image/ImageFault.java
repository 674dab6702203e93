package org.sightmill.trainer.image;

/**
 * Why a picture cannot be used. The codes are stable, since reports count by them; a fault that the
 * data steps know too has the code that they write.
 */
public enum ImageFault {
  /** The file is missing or the storage failed; the picture itself was not judged. */
  UNREADABLE("IMAGE_MISSING"),
  /** There are no bytes. */
  EMPTY("IMAGE_EMPTY"),
  /** No installed ImageIO reader knows the format. */
  UNKNOWN_FORMAT("IMAGE_NOT_AN_IMAGE"),
  /** The header or the pixel data breaks the rules of its format. */
  CORRUPT("IMAGE_UNDECODABLE"),
  /** The pixel data ends early, where the reader can tell that from other damage. */
  TRUNCATED("IMAGE_TRUNCATED"),
  /** A legal picture in a form that the reader does not decode. */
  UNSUPPORTED("IMAGE_UNSUPPORTED"),
  /**
   * More pixels than {@link PictureDecoder#MAX_SOURCE_PIXELS}: judged before anything is decoded.
   */
  TOO_MANY_PIXELS("IMAGE_TOO_LARGE"),
  /** Longer side over shorter side above {@link ImagePreprocessor#MAX_ASPECT_RATIO}. */
  TOO_ELONGATED("IMAGE_TOO_ELONGATED");

  private final String code;

  ImageFault(String code) {
    this.code = code;
  }

  /** The stable code. */
  public String code() {
    return code;
  }
}
