package org.sightmill.pipeline.collect.image;

import org.sightmill.pipeline.reject.RejectReason;

/** GIF: blocks up to the trailer. One frame is a picture; more are an animation, which has none. */
final class GifStructure {
  private static final int HEADER_BYTES = 13;
  private static final int IMAGE = 0x2C;
  private static final int EXTENSION = 0x21;
  private static final int TRAILER = 0x3B;

  private final Bytes bytes;

  GifStructure(Bytes bytes) {
    this.bytes = bytes;
  }

  ImageHeader read() throws ImageFault {
    if (!bytes.has(0, HEADER_BYTES)) {
      throw cutOff();
    }
    int frames = countFrames(HEADER_BYTES + colorTableBytes(bytes.u8(10)));
    if (frames == 0) {
      throw new ImageFault(RejectReason.IMAGE_NOT_AN_IMAGE, "GIF without a frame");
    }
    if (frames > 1) {
      throw new ImageFault(
          RejectReason.IMAGE_UNSUPPORTED,
          "animated GIF of %d frames; a sample has one picture".formatted(frames));
    }
    return PictureStructure.header(
        ImageFormat.GIF, bytes.u16le(6), bytes.u16le(8), ImageHeader.UPRIGHT);
  }

  private int countFrames(int from) throws ImageFault {
    int frames = 0;
    int at = from;
    while (bytes.has(at, 1) && bytes.u8(at) != TRAILER) {
      switch (bytes.u8(at)) {
        case EXTENSION -> at = skipBlocks(at + 2);
        case IMAGE -> {
          at = skipFrame(at);
          frames++;
        }
        default -> throw cutOff();
      }
    }
    if (!bytes.has(at, 1)) {
      throw cutOff();
    }
    return frames;
  }

  private int skipFrame(int at) throws ImageFault {
    if (!bytes.has(at, 10)) {
      throw cutOff();
    }
    return skipBlocks(at + 11 + colorTableBytes(bytes.u8(at + 9)));
  }

  /** Data blocks, each with its length before it, up to an empty one. */
  private int skipBlocks(int from) throws ImageFault {
    int at = from;
    while (bytes.has(at, 1) && bytes.u8(at) > 0) {
      at += bytes.u8(at) + 1;
    }
    if (!bytes.has(at, 1)) {
      throw cutOff();
    }
    return at + 1;
  }

  private static int colorTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x07) + 1);
  }

  private ImageFault cutOff() {
    return PictureStructure.truncated(
        "GIF of %d bytes ends before its trailer".formatted(bytes.length()));
  }
}
