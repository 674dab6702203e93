package org.sightmill.pipeline.collect.source.procedural;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes 8-bit RGB PNG (ISO/IEC 15948). The JDK's own writer takes several times as long, for
 * smaller files than these pictures need.
 */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int CHUNK_OVERHEAD_BYTES = 12;
  private static final byte FILTER_UP = 2;

  /** The fast levels leave flat areas, most of these pictures, nearly as small as the slow ones. */
  private static final int COMPRESSION_LEVEL = 3;

  private PngWriter() {}

  /** The picture as a PNG file; {@code rgb} holds 0xRRGGBB row by row. */
  static byte[] write(int[] rgb, int width, int height) {
    byte[] data = compressed(filtered(rgb, width, height));
    ByteBuffer png =
        ByteBuffer.allocate(SIGNATURE.length + 3 * CHUNK_OVERHEAD_BYTES + 13 + data.length);
    png.put(SIGNATURE);
    chunk(png, "IHDR", header(width, height));
    chunk(png, "IDAT", data);
    chunk(png, "IEND", new byte[0]);
    return png.array();
  }

  private static byte[] header(int width, int height) {
    byte bitDepth = 8;
    byte trueColour = 2;
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return header.put(bitDepth).put(trueColour).array();
  }

  /** Each row minus the row above: vertical runs, common in these pictures, become zeros. */
  private static byte[] filtered(int[] rgb, int width, int height) {
    byte[] rows = new byte[height * (1 + 3 * width)];
    int to = 0;
    for (int y = 0; y < height; y++) {
      rows[to++] = FILTER_UP;
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        int here = rgb[at];
        int above = y == 0 ? 0 : rgb[at - width];
        rows[to++] = (byte) ((here >> 16) - (above >> 16));
        rows[to++] = (byte) ((here >> 8) - (above >> 8));
        rows[to++] = (byte) (here - above);
      }
    }
    return rows;
  }

  private static byte[] compressed(byte[] rows) {
    Deflater deflater = new Deflater(COMPRESSION_LEVEL);
    try {
      deflater.setInput(rows);
      deflater.finish();
      byte[] out = new byte[rows.length + rows.length / 1000 + 64];
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(out, length, out.length - length);
      }
      return Arrays.copyOf(out, length);
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteBuffer png, String type, byte[] data) {
    png.putInt(data.length);
    int start = png.position();
    png.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    CRC32 crc = new CRC32();
    crc.update(png.array(), start, 4 + data.length);
    png.putInt((int) crc.getValue());
  }
}
