package org.sightmill.jobs.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Pictures small enough for a page, as data URIs. */
final class Thumbnail {
  private static final int MAX_SIDE_PIXELS = 480;

  private Thumbnail() {}

  /** The picture in a file; empty when it is gone or no reader knows it. */
  static Optional<String> of(Path file, Configuration hadoop) {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      BufferedImage picture = ImageIO.read(in);
      return picture == null ? Optional.empty() : Optional.of(uri(reduced(picture)));
    } catch (IOException e) {
      // A card without its picture is still worth reading; the data set itself counts lost
      // pictures.
      return Optional.empty();
    }
  }

  private static BufferedImage reduced(BufferedImage picture) {
    double scale =
        Math.min(1, (double) MAX_SIDE_PIXELS / Math.max(picture.getWidth(), picture.getHeight()));
    int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    Image scaled = picture.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
    graphics.drawImage(scaled, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return small;
  }

  private static String uri(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", bytes);
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
