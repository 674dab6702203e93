package org.sightmill.pipeline.collect.image;

import org.sightmill.pipeline.reject.RejectReason;

/** BMP with the Windows header. */
final class BmpStructure {
  static final int HEADER_BYTES = 30;

  private static final int WINDOWS_HEADER_BYTES = 40;

  private final Bytes bytes;

  BmpStructure(Bytes bytes) {
    this.bytes = bytes;
  }

  ImageHeader read() throws ImageFault {
    if (bytes.u32le(14) < WINDOWS_HEADER_BYTES || bytes.u32le(14) > 124) {
      throw new ImageFault(
          RejectReason.IMAGE_NOT_AN_IMAGE,
          "'BM' with a header of %d bytes".formatted(bytes.u32le(14)));
    }
    long dataAt = bytes.u32le(10);
    long declared = bytes.u32le(2);
    if (dataAt >= bytes.length() || declared > bytes.length()) {
      throw PictureStructure.truncated(
          "BMP of %d bytes declares %d".formatted(bytes.length(), declared));
    }
    return PictureStructure.header(
        ImageFormat.BMP, bytes.i32le(18), Math.abs((long) bytes.i32le(22)), ImageHeader.UPRIGHT);
  }
}
