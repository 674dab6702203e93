package org.sightmill.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A folder of real sources in the layout that {@code conf/pipeline/sources-real.yaml} describes: a
 * few items of each, from the pipeline's test resources.
 */
final class RealSources {
  private static final Path ITEMS =
      Path.of("../pipeline/src/test/resources/org/sightmill/pipeline/collect");
  private static final Path CONFIG = Path.of("../conf/pipeline/sources-real.yaml");

  private RealSources() {}

  /** Lays the folder out and returns it: configuration {@code sources-real.yaml} lies in it. */
  static Path layOut(Path folder) throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    for (String source : new String[] {"mathvision", "dynamath", "puzzlevqa", "bccd"}) {
      copyTree(ITEMS.resolve(source), real.resolve(source));
    }
    Path vlaa = Files.createDirectories(real.resolve("vlaa_examples"));
    Files.copy(ITEMS.resolve("vlaa_records.json"), vlaa.resolve("vlaa_records.json"));
    drawPicturesOf(vlaa);
    Files.writeString(
        real.resolve("sources-real.yaml"), withoutItemsOfVlaa(Files.readString(CONFIG)));
    return real;
  }

  /** The published records stand for that source: their pictures are drawn here, not shipped. */
  private static String withoutItemsOfVlaa(String yaml) {
    String block = "  - name: vlaa_examples\n    path: vlaa_examples/items.jsonl\n";
    if (!yaml.contains(block)) {
      throw new IllegalStateException(CONFIG + " has no source vlaa_examples any more");
    }
    return yaml.replace(block, "");
  }

  private static void drawPicturesOf(Path vlaa) throws IOException {
    Path images = Files.createDirectories(vlaa.resolve("images"));
    JsonNode records = new ObjectMapper().readTree(vlaa.resolve("vlaa_records.json").toFile());
    int shade = 40;
    for (Iterator<JsonNode> it = records.elements(); it.hasNext(); shade += 40) {
      String name = it.next().get("image").asText();
      String base = name.substring(name.lastIndexOf('/') + 1);
      String type = base.endsWith(".png") ? "png" : "jpg";
      ImageIO.write(plain(shade), type, images.resolve(base).toFile());
    }
  }

  private static BufferedImage plain(int shade) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(shade, 100, 100));
    graphics.fillRect(0, 0, 64, 48);
    graphics.dispose();
    return image;
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
