package org.sightmill.pipeline.teacher.openai;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
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
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sightmill.pipeline.teacher.PictureConfig;

/** Makes pictures fit the limits of pixels and bytes. Thread-safe. */
final class PictureFitter {
  private static final float[] QUALITIES = {0.92f, 0.8f, 0.6f};
  private static final double SHRINK = 0.7;

  private final PictureConfig config;

  PictureFitter(PictureConfig config) {
    this.config = config;
  }

  /**
   * The picture as it is, where it is a JPEG or PNG within the limits; otherwise scaled down, on
   * white, as JPEG.
   *
   * @throws IOException when the bytes are no picture that can be read
   */
  Picture fit(byte[] bytes) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("is not a picture that can be read");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return fit(reader, bytes);
      } finally {
        reader.dispose();
      }
    }
  }

  private Picture fit(ImageReader reader, byte[] bytes) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    String format = reader.getFormatName().toLowerCase(java.util.Locale.ROOT);
    boolean sendable = format.equals("jpeg") || format.equals("png");
    boolean small =
        (long) width * height <= config.maxPixels() && bytes.length <= config.maxBytes();
    if (sendable && small) {
      return new Picture("image/" + format, bytes);
    }
    return encoded(reader.read(0));
  }

  private Picture encoded(BufferedImage image) throws IOException {
    double pixels = (double) image.getWidth() * image.getHeight();
    double scale = Math.min(1, Math.sqrt(config.maxPixels() / pixels));
    while (true) {
      BufferedImage scaled = scaled(image, scale);
      for (float quality : QUALITIES) {
        byte[] jpeg = jpeg(scaled, quality);
        if (jpeg.length <= config.maxBytes()) {
          return new Picture("image/jpeg", jpeg);
        }
      }
      scale *= SHRINK;
    }
  }

  private static BufferedImage scaled(BufferedImage image, double scale) {
    int width = Math.max(1, (int) (image.getWidth() * scale));
    int height = Math.max(1, (int) (image.getHeight() * scale));
    BufferedImage halved = image;
    // Bilinear scaling looks at four neighbours: more than a halving at once would skip pixels.
    while (halved.getWidth() / 2 > width && halved.getHeight() / 2 > height) {
      halved = drawn(halved, halved.getWidth() / 2, halved.getHeight() / 2);
    }
    return drawn(halved, width, height);
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    return drawn;
  }

  private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
