package org.sightmill.pipeline.collect.image;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sightmill.pipeline.reject.RejectReason;

/** Decoding with ImageIO, in memory: for full checks, and to turn pictures upright. */
final class UprightPicture {
  /** A turned JPEG is a JPEG again; at this quality the second generation is not seen. */
  static final float JPEG_QUALITY = 0.95f;

  private UprightPicture() {}

  static BufferedImage decode(byte[] bytes, ImageHeader header) throws ImageFault {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format().extension()).next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw unchecked exceptions of many kinds on broken data.
      throw new ImageFault(
          RejectReason.IMAGE_UNDECODABLE, "%s: %s".formatted(header.format(), e.getMessage()));
    } finally {
      reader.dispose();
    }
  }

  /** The picture as {@code header.orientation()} means it, encoded in its own format. */
  static byte[] turned(byte[] bytes, ImageHeader header) throws ImageFault {
    BufferedImage stored = decode(bytes, header);
    BufferedImage upright = turned(stored, header.orientation());
    try {
      return header.format() == ImageFormat.JPEG ? jpeg(upright) : png(upright);
    } catch (IOException e) {
      throw new ImageFault(
          RejectReason.IMAGE_UNSUPPORTED, "can't be stored upright: " + e.getMessage());
    }
  }

  static BufferedImage turned(BufferedImage stored, int orientation) {
    boolean swapped = orientation >= 5;
    int width = swapped ? stored.getHeight() : stored.getWidth();
    int height = swapped ? stored.getWidth() : stored.getHeight();
    int type =
        stored.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB
            : BufferedImage.TYPE_INT_RGB;
    BufferedImage upright = new BufferedImage(width, height, type);
    Graphics2D graphics = upright.createGraphics();
    graphics.drawImage(stored, transform(orientation, stored.getWidth(), stored.getHeight()), null);
    graphics.dispose();
    return upright;
  }

  /** From stored to upright pixels, for stored width {@code w} and height {@code h}. */
  private static AffineTransform transform(int orientation, int w, int h) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
      default -> new AffineTransform();
    };
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", new MemoryCacheImageOutputStream(out));
    return out.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
