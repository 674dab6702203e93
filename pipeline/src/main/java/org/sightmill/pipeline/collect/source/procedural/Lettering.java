package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A typeface as outlines from the jar: widths and shapes are the same everywhere and need neither
 * installed fonts nor the JDK's font engine.
 */
final class Lettering {
  static final Lettering SANS = read("roboto");
  static final Lettering BOLD = read("roboto-bold");
  static final Lettering SLAB = read("roboto-slab");

  private final double unitsPerEm;
  private final Map<Integer, Glyph> glyphs;

  private record Glyph(double advance, Path2D outline) {}

  private Lettering(double unitsPerEm, Map<Integer, Glyph> glyphs) {
    this.unitsPerEm = unitsPerEm;
    this.glyphs = glyphs;
  }

  /** The width of a line of text in pixels at this em size. */
  double width(String text, double sizePixels) {
    double units = text.codePoints().mapToDouble(point -> glyph(point).advance()).sum();
    return units * sizePixels / unitsPerEm;
  }

  /** The text's outline with the left end of its baseline at (x, y). */
  Shape outline(String text, double x, double y, double sizePixels) {
    double scale = sizePixels / unitsPerEm;
    Path2D whole = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double left = x;
    for (int i = 0; i < text.length(); i++) {
      Glyph glyph = glyph(text.charAt(i));
      AffineTransform place = new AffineTransform(scale, 0, 0, -scale, left, y);
      whole.append(glyph.outline().getPathIterator(place), false);
      left += glyph.advance() * scale;
    }
    return whole;
  }

  private Glyph glyph(int codePoint) {
    Glyph glyph = glyphs.get(codePoint);
    if (glyph == null) {
      throw new IllegalArgumentException(
          "no outline for character U+" + Integer.toHexString(codePoint));
    }
    return glyph;
  }

  private static Lettering read(String name) {
    String path = "/sightmill/fonts/" + name + ".outlines";
    try (InputStream stream = Lettering.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return parse(new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static Lettering parse(BufferedReader lines) throws IOException {
    Map<Integer, Glyph> glyphs = new HashMap<>();
    double unitsPerEm = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("unitsPerEm")) {
        unitsPerEm = Double.parseDouble(words[1]);
      } else if (!words[0].equals("#")) {
        glyphs.put(
            Integer.parseInt(words[0]), new Glyph(Double.parseDouble(words[1]), path(words)));
      }
    }
    return new Lettering(unitsPerEm, glyphs);
  }

  private static Path2D path(String[] words) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    int at = 2;
    while (at < words.length) {
      at += command(path, words, at);
    }
    return path;
  }

  /** Appends the command at {@code at}; returns how many words it took. */
  private static int command(Path2D path, String[] words, int at) {
    double[] n = numbers(words, at + 1);
    switch (words[at]) {
      case "M" -> path.moveTo(n[0], n[1]);
      case "L" -> path.lineTo(n[0], n[1]);
      case "Q" -> path.quadTo(n[0], n[1], n[2], n[3]);
      case "C" -> path.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
      case "Z" -> path.closePath();
      default -> throw new IllegalStateException("unknown outline command " + words[at]);
    }
    return 1 + n.length;
  }

  /** The numbers from {@code start} up to the next command. */
  private static double[] numbers(String[] words, int start) {
    int end = start;
    while (end < words.length && !Character.isLetter(words[end].charAt(0))) {
      end++;
    }
    return Arrays.stream(words, start, end).mapToDouble(Double::parseDouble).toArray();
  }
}
