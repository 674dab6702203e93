package org.sightmill.pipeline.collect;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of every kind, made by code. */
public final class TestPictures {
  private TestPictures() {}

  /** A picture with something in it, of a {@link BufferedImage} type. */
  public static BufferedImage drawn(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height / 2);
    graphics.setColor(Color.GREEN);
    graphics.fillOval(width / 2, height / 2, width / 3, height / 3);
    graphics.dispose();
    return image;
  }

  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static byte[] png(int width, int height) {
    return encoded(drawn(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  public static byte[] jpeg(int width, int height) {
    return encoded(drawn(width, height, BufferedImage.TYPE_INT_RGB), "jpg");
  }

  public static byte[] deepPng(int width, int height) {
    return encoded(drawn(width, height, BufferedImage.TYPE_USHORT_GRAY), "png");
  }

  /** Four components without a colour space, as a printer's JPEG has them. */
  public static byte[] cmykJpeg(int width, int height) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Two frames of one colour. */
  public static byte[] animatedGif() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int frame = 0; frame < 2; frame++) {
        BufferedImage image = drawn(16, 16 + frame, BufferedImage.TYPE_BYTE_INDEXED);
        writer.writeToSequence(new IIOImage(image, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A whole PNG of a few bytes whose header claims any size. */
  public static byte[] pngClaiming(int width, int height) {
    byte[] png = png(4, 4);
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return png;
  }

  /** The JPEG with an EXIF block that says how it is turned. */
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] tiff = new byte[26];
    ByteBuffer buffer = ByteBuffer.wrap(tiff);
    buffer.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    buffer.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    buffer.putShort((short) orientation);
    byte[] exif = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer result = ByteBuffer.allocate(jpeg.length + 4 + exif.length + tiff.length);
    result.put(jpeg, 0, 2).putShort((short) 0xFFE1);
    result.putShort((short) (2 + exif.length + tiff.length)).put(exif).put(tiff);
    result.put(jpeg, 2, jpeg.length - 2);
    return result.array();
  }

  public static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }
}
