package org.sightmill.pipeline.collect.image;

/** The orientation tag of an EXIF block: TIFF's header and first directory. */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int ENTRY_BYTES = 12;

  private final Bytes bytes;

  ExifOrientation(Bytes bytes) {
    this.bytes = bytes;
  }

  /** 1 to 8; upright when the block is absent, broken or says nothing: EXIF is often damaged. */
  int read(int from, int length) {
    boolean little = bytes.says(from, "II");
    if (length < 8 || !bytes.has(from, length) || !(little || bytes.says(from, "MM"))) {
      return ImageHeader.UPRIGHT;
    }
    long directory = from + (little ? bytes.u32le(from + 4) : bytes.u32be(from + 4));
    long end = (long) from + length;
    if (directory + 2 > end) {
      return ImageHeader.UPRIGHT;
    }
    int entries = u16((int) directory, little);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > end) {
        break;
      }
      if (u16((int) entry, little) == TAG) {
        int value = u16((int) entry + 8, little);
        return value >= 1 && value <= 8 ? value : ImageHeader.UPRIGHT;
      }
    }
    return ImageHeader.UPRIGHT;
  }

  private int u16(int at, boolean little) {
    return little ? bytes.u16le(at) : bytes.u16be(at);
  }
}
