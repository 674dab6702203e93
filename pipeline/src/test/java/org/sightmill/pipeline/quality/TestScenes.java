package org.sightmill.pipeline.quality;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of random shapes on a light ground, and what happens to pictures on their way. */
public final class TestScenes {
  private TestScenes() {}

  /** The scene of a seed, 320 x 240. */
  public static BufferedImage scene(long seed) {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(225, 225, 220));
    graphics.fillRect(0, 0, 320, 240);
    Random random = new Random(seed);
    for (int i = 0; i < 7; i++) {
      graphics.setColor(new Color(random.nextInt(0xB0B0B0)));
      int size = 25 + random.nextInt(50);
      int x = random.nextInt(320 - size);
      int y = random.nextInt(240 - size);
      if (random.nextBoolean()) {
        graphics.fillRect(x, y, size, size);
      } else {
        graphics.fillOval(x, y, size, size);
      }
    }
    graphics.dispose();
    return image;
  }

  /** In another size. */
  public static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  /** Encoded as png or jpg. */
  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
