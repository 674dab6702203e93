package org.sightmill.pipeline.faultserver;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Questions about pictures whose answers follow from their words. */
public final class Exam {
  private static final Pattern SUM = Pattern.compile("How much is (\\d+) plus (\\d+)\\?");
  private static final Pattern NAME = Pattern.compile("What is picture (\\d+) called\\?");
  private static final int SIDE = 32;

  private Exam() {}

  /** Writes {@code items.jsonl} with so many items, and their pictures, into a folder. */
  public static Path write(Path folder, int items) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      draw(folder.resolve(i + ".png"), i);
      boolean sum = i % 3 != 0;
      lines.add(
          "{\"id\": %d, \"image\": \"%d.png\", \"q\": \"%s\", \"a\": \"%s\"}"
              .formatted(
                  i,
                  i,
                  sum
                      ? "How much is %d plus 4?".formatted(i)
                      : "What is picture %d called?".formatted(i),
                  sum ? String.valueOf(i + 4) : "the work number " + i));
    }
    return Files.write(folder.resolve("items.jsonl"), lines);
  }

  private static void draw(Path file, int number) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(number * 7 % 256, number % 256, number / 256));
    graphics.fillRect(0, 0, SIDE, SIDE);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  /** The right answer to the question that a text holds. */
  static Optional<String> answer(String text) {
    Matcher sum = SUM.matcher(text);
    if (sum.find()) {
      int total = Integer.parseInt(sum.group(1)) + Integer.parseInt(sum.group(2));
      return Optional.of(String.valueOf(total));
    }
    Matcher name = NAME.matcher(text);
    return name.find() ? Optional.of("the work number " + name.group(1)) : Optional.empty();
  }
}
