package org.sightmill.pipeline.collect.image;

import org.sightmill.pipeline.reject.RejectReason;

/** Finds the format by its first bytes and walks its structure to the end. */
final class PictureStructure {
  private PictureStructure() {}

  /**
   * @throws ImageFault when the bytes are empty, no picture, cut off, or of a kind that Java can't
   *     decode
   */
  static ImageHeader read(byte[] array) throws ImageFault {
    Bytes bytes = new Bytes(array);
    if (bytes.length() == 0) {
      throw new ImageFault(RejectReason.IMAGE_EMPTY, "0 bytes");
    }
    if (bytes.says(0, "\u00FF\u00D8\u00FF")) {
      return new JpegStructure(bytes).read();
    }
    if (bytes.says(0, PngStructure.SIGNATURE)) {
      return new PngStructure(bytes).read();
    }
    if (bytes.says(0, "GIF87a") || bytes.says(0, "GIF89a")) {
      return new GifStructure(bytes).read();
    }
    if (bytes.says(0, "BM") && bytes.has(0, BmpStructure.HEADER_BYTES)) {
      return new BmpStructure(bytes).read();
    }
    throw unknown(bytes);
  }

  private static ImageFault unknown(Bytes bytes) {
    if (bytes.says(0, "RIFF") && bytes.says(8, "WEBP")) {
      return unsupported("WebP");
    }
    if (bytes.says(0, "II*\0") || bytes.says(0, "MM\0*")) {
      return unsupported("TIFF");
    }
    if (bytes.says(4, "ftypavif")) {
      return unsupported("AVIF");
    }
    if (bytes.says(4, "ftyphei") || bytes.says(4, "ftypmif1")) {
      return unsupported("HEIC");
    }
    return new ImageFault(
        RejectReason.IMAGE_NOT_AN_IMAGE,
        "%d bytes that begin with %s".formatted(bytes.length(), shown(bytes)));
  }

  private static ImageFault unsupported(String format) {
    return new ImageFault(
        RejectReason.IMAGE_UNSUPPORTED, format + " is not read; convert it to PNG or JPEG");
  }

  private static String shown(Bytes bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(8, bytes.length()); i++) {
      hex.append("%02x ".formatted(bytes.u8(i)));
    }
    return hex.toString().strip();
  }

  static ImageFault truncated(String detail) {
    return new ImageFault(RejectReason.IMAGE_TRUNCATED, detail);
  }

  /** Sizes as a header claims them. */
  static ImageHeader header(ImageFormat format, long width, long height, int orientation)
      throws ImageFault {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageFault(
          RejectReason.IMAGE_NOT_AN_IMAGE,
          "%s header says %d x %d pixels".formatted(format, width, height));
    }
    return new ImageHeader(format, (int) width, (int) height, orientation);
  }
}
