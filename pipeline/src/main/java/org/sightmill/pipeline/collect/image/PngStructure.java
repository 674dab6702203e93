package org.sightmill.pipeline.collect.image;

import org.sightmill.pipeline.reject.RejectReason;

/** PNG: signature, IHDR first, chunks that follow one another, data, IEND. */
final class PngStructure {
  static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";

  private static final int IHDR_AT = 8;
  private static final int CHUNK_OVERHEAD_BYTES = 12;
  private static final int DATA_AT = 8;

  private final Bytes bytes;

  PngStructure(Bytes bytes) {
    this.bytes = bytes;
  }

  ImageHeader read() throws ImageFault {
    if (!bytes.has(IHDR_AT, 25)) {
      throw PictureStructure.truncated(
          "PNG of %d bytes ends in its header".formatted(bytes.length()));
    }
    if (!bytes.says(IHDR_AT + 4, "IHDR")) {
      throw new ImageFault(
          RejectReason.IMAGE_NOT_AN_IMAGE, "PNG signature without an IHDR chunk behind it");
    }
    int orientation = walk();
    return PictureStructure.header(
        ImageFormat.PNG, bytes.u32be(IHDR_AT + 8), bytes.u32be(IHDR_AT + 12), orientation);
  }

  /** Follows the chunks to IEND; returns the orientation of an eXIf chunk. */
  private int walk() throws ImageFault {
    int orientation = ImageHeader.UPRIGHT;
    boolean data = false;
    long at = IHDR_AT;
    while (bytes.has(at, CHUNK_OVERHEAD_BYTES)) {
      int start = (int) at;
      long length = bytes.u32be(start);
      if (!bytes.has(at, length + CHUNK_OVERHEAD_BYTES)) {
        break;
      }
      if (bytes.says(start + 4, "IEND")) {
        return requireData(data, orientation);
      }
      data |= bytes.says(start + 4, "IDAT");
      if (bytes.says(start + 4, "eXIf")) {
        orientation = new ExifOrientation(bytes).read(start + DATA_AT, (int) length);
      }
      at += length + CHUNK_OVERHEAD_BYTES;
    }
    throw PictureStructure.truncated(
        "PNG of %d bytes has no IEND; its last whole chunk ends at byte %d"
            .formatted(bytes.length(), at));
  }

  private static int requireData(boolean data, int orientation) throws ImageFault {
    if (!data) {
      throw PictureStructure.truncated("PNG has no IDAT chunk");
    }
    return orientation;
  }
}
