package org.sightmill.trainer.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The EXIF orientation (tag 0x0112) of a JPEG, PNG or TIFF: where the stored picture's first row
 * and first column lie. Source: EXIF 2.32, section 4.6.4, and TIFF 6.0, section 8.
 */
enum ExifOrientation {
  TOP_LEFT(false, false, false),
  TOP_RIGHT(false, true, false),
  BOTTOM_RIGHT(false, true, true),
  BOTTOM_LEFT(false, false, true),
  LEFT_TOP(true, false, false),
  RIGHT_TOP(true, true, false),
  RIGHT_BOTTOM(true, true, true),
  LEFT_BOTTOM(true, false, true);

  private static final int TAG = 0x0112;
  private static final int SHORT_TYPE = 3;
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int PNG_EXIF = 0x65584966;
  private static final int JPEG_SOI = 0xFFD8;
  private static final int JPEG_APP1 = 0xFFE1;
  private static final int JPEG_SOS = 0xFFDA;

  private final boolean transposed;
  private final boolean mirrored;
  private final boolean flipped;

  /** Upright = stored, transposed, then mirrored left to right, then flipped top to bottom. */
  ExifOrientation(boolean transposed, boolean mirrored, boolean flipped) {
    this.transposed = transposed;
    this.mirrored = mirrored;
    this.flipped = flipped;
  }

  /** The orientation in these bytes; without one, or with a broken one, {@link #TOP_LEFT}. */
  static ExifOrientation of(byte[] bytes) {
    try {
      return block(ByteBuffer.wrap(bytes)).map(ExifOrientation::fromTiff).orElse(TOP_LEFT);
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Broken metadata doesn't make a picture unusable: without it the pixels still decode.
      return TOP_LEFT;
    }
  }

  /** The TIFF structure that holds the tag. */
  private static Optional<ByteBuffer> block(ByteBuffer file) {
    if (file.remaining() > Long.BYTES && file.getLong(0) == PNG_SIGNATURE) {
      return pngBlock(file.position(Long.BYTES));
    }
    if ((file.getShort(0) & 0xffff) == JPEG_SOI) {
      return jpegBlock(file.position(Short.BYTES));
    }
    int mark = file.getInt(0);
    return mark == 0x49492A00 || mark == 0x4D4D002A ? Optional.of(file) : Optional.empty();
  }

  private static Optional<ByteBuffer> pngBlock(ByteBuffer file) {
    while (file.remaining() >= 12) {
      int length = file.getInt();
      int name = file.getInt();
      if (name == PNG_EXIF) {
        return Optional.of(file.slice(file.position(), length));
      }
      file.position(file.position() + length + Integer.BYTES);
    }
    return Optional.empty();
  }

  private static Optional<ByteBuffer> jpegBlock(ByteBuffer file) {
    while (file.remaining() >= 4) {
      int marker = file.getShort() & 0xffff;
      int length = (file.getShort() & 0xffff) - Short.BYTES;
      if (marker == JPEG_SOS) {
        return Optional.empty();
      }
      if (marker == JPEG_APP1 && startsWithExif(file, length)) {
        return Optional.of(
            file.slice(file.position() + EXIF_NAME.length, length - EXIF_NAME.length));
      }
      file.position(file.position() + length);
    }
    return Optional.empty();
  }

  private static boolean startsWithExif(ByteBuffer file, int length) {
    byte[] name = new byte[EXIF_NAME.length];
    if (length < name.length) {
      return false;
    }
    file.get(file.position(), name);
    return Arrays.equals(name, EXIF_NAME);
  }

  private static ExifOrientation fromTiff(ByteBuffer tiff) {
    boolean little = tiff.get(0) == 'I';
    tiff.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.position(tiff.getInt(4));
    for (int entries = tiff.getShort() & 0xffff; entries > 0; entries--) {
      int tag = tiff.getShort() & 0xffff;
      int type = tiff.getShort();
      tiff.getInt();
      int value = tiff.getShort();
      tiff.getShort();
      if (tag == TAG && type == SHORT_TYPE) {
        return value >= 1 && value <= values().length ? values()[value - 1] : TOP_LEFT;
      }
    }
    return TOP_LEFT;
  }

  /** The picture as it is to be seen. */
  RgbPicture upright(RgbPicture stored) {
    if (this == TOP_LEFT) {
      return stored;
    }
    ImageSize size = transposed ? new ImageSize(stored.width(), stored.height()) : stored.size();
    byte[] out = new byte[stored.rgb().length];
    for (int y = 0; y < size.height(); y++) {
      int from = flipped ? size.height() - 1 - y : y;
      copyRow(stored, from, size.width(), out, y * size.width() * RgbPicture.CHANNELS);
    }
    return RgbPicture.of(size, out);
  }

  private void copyRow(RgbPicture stored, int row, int width, byte[] out, int start) {
    int stepX = transposed ? stored.stride() : RgbPicture.CHANNELS;
    int stepY = transposed ? RgbPicture.CHANNELS : stored.stride();
    int from = row * stepY + (mirrored ? (width - 1) * stepX : 0);
    int step = mirrored ? -stepX : stepX;
    for (int at = start; at < start + width * RgbPicture.CHANNELS; at += 3, from += step) {
      System.arraycopy(stored.rgb(), from, out, at, RgbPicture.CHANNELS);
    }
  }
}
