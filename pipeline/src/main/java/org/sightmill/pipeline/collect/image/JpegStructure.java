package org.sightmill.pipeline.collect.image;

import org.sightmill.pipeline.reject.RejectReason;

/** JPEG: markers up to the first scan, and the end marker somewhere behind it. */
final class JpegStructure {
  private static final int SOF0 = 0xC0;
  private static final int SOF15 = 0xCF;
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;
  private static final int APP1 = 0xE1;
  private static final String EXIF = "Exif\0\0";

  private final Bytes bytes;
  private ImageHeader frame;
  private int orientation = ImageHeader.UPRIGHT;

  JpegStructure(Bytes bytes) {
    this.bytes = bytes;
  }

  ImageHeader read() throws ImageFault {
    int scan = findScan();
    if (frame == null) {
      throw new ImageFault(
          RejectReason.IMAGE_NOT_AN_IMAGE, "JPEG markers without a frame header before the scan");
    }
    requireEnd(scan);
    return new ImageHeader(ImageFormat.JPEG, frame.width(), frame.height(), orientation);
  }

  /** Reads segments up to the first scan; returns where its header begins. */
  private int findScan() throws ImageFault {
    int at = 2;
    while (bytes.has(at, 4)) {
      int marker = bytes.u8(at + 1);
      if (bytes.u8(at) != 0xFF || marker == 0) {
        throw new ImageFault(
            RejectReason.IMAGE_NOT_AN_IMAGE, "JPEG has no marker at byte %d".formatted(at));
      }
      if (marker == SOS) {
        return at;
      }
      at = marker == 0xFF ? at + 1 : segment(marker, at);
    }
    throw PictureStructure.truncated(
        "JPEG of %d bytes ends before its picture data".formatted(bytes.length()));
  }

  private int segment(int marker, int at) throws ImageFault {
    if (hasNoLength(marker)) {
      return at + 2;
    }
    int length = bytes.u16be(at + 2);
    if (!bytes.has(at + 2L, Math.max(length, 2))) {
      return bytes.length();
    }
    if (isFrame(marker)) {
      frame(marker, at + 4, length - 2);
    } else if (marker == APP1 && length >= EXIF.length() + 2 && bytes.says(at + 4, EXIF)) {
      int from = at + 4 + EXIF.length();
      orientation = new ExifOrientation(bytes).read(from, at + 2 + length - from);
    }
    return at + 2 + Math.max(length, 2);
  }

  /** TEM and the restart markers stand alone. */
  private static boolean hasNoLength(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** SOF0 to SOF15 without the tables DHT (C4), JPG (C8) and DAC (CC) among them. */
  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void frame(int marker, int at, int length) throws ImageFault {
    if (length < 6) {
      throw new ImageFault(
          RejectReason.IMAGE_NOT_AN_IMAGE, "JPEG frame header of %d bytes".formatted(length));
    }
    int bits = bytes.u8(at);
    int components = bytes.u8(at + 5);
    if (marker > SOF0 + 2 || bits != 8) {
      throw unsupported("JPEG of process SOF%d with %d bits".formatted(marker - SOF0, bits));
    }
    if (components != 1 && components != 3) {
      throw unsupported("JPEG with %d components (CMYK has 4)".formatted(components));
    }
    frame =
        PictureStructure.header(
            ImageFormat.JPEG, bytes.u16be(at + 3), bytes.u16be(at + 1), ImageHeader.UPRIGHT);
  }

  private static ImageFault unsupported(String what) {
    return new ImageFault(
        RejectReason.IMAGE_UNSUPPORTED, what + " is not read; convert it to 8-bit RGB or grey");
  }

  /** Within picture data 0xFF is never followed by EOI's code, so the last pair is the end. */
  private void requireEnd(int scan) throws ImageFault {
    for (int at = bytes.length() - 2; at > scan; at--) {
      if (bytes.u8(at) == 0xFF && bytes.u8(at + 1) == EOI) {
        return;
      }
    }
    throw PictureStructure.truncated(
        "JPEG of %d bytes has no end marker".formatted(bytes.length()));
  }
}
