package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.util.List;

/** Colours of everything that is not asked for: pale or dark, so that objects stand out. */
final class Palette {
  /** A table top and the wall behind it. */
  record Table(Color wall, Color top) {}

  static final List<Table> TABLES =
      List.of(
          new Table(new Color(214, 218, 222), new Color(190, 190, 188)),
          new Table(new Color(228, 220, 206), new Color(206, 190, 166)),
          new Table(new Color(205, 216, 224), new Color(222, 224, 226)),
          new Table(new Color(222, 226, 214), new Color(198, 204, 190)),
          new Table(new Color(236, 232, 228), new Color(218, 208, 204)));
  static final List<Color> PAPERS =
      List.of(
          new Color(255, 255, 255),
          new Color(250, 247, 238),
          new Color(240, 244, 248),
          new Color(244, 248, 240),
          new Color(248, 242, 246));
  static final List<Color> BOARDS =
      List.of(
          new Color(24, 26, 32), new Color(18, 30, 34), new Color(34, 26, 22), new Color(8, 8, 10));

  private Palette() {}

  /** Lighter for factors above 1, darker below; keeps opacity. */
  static Color shade(Color colour, double factor) {
    return new Color(
        scaled(colour.getRed(), factor),
        scaled(colour.getGreen(), factor),
        scaled(colour.getBlue(), factor),
        colour.getAlpha());
  }

  /** {@code share} of the way from one colour to another. */
  static Color mix(Color from, Color to, double share) {
    return new Color(
        between(from.getRed(), to.getRed(), share),
        between(from.getGreen(), to.getGreen(), share),
        between(from.getBlue(), to.getBlue(), share));
  }

  /** Black or white, whichever reads better on this colour. */
  static Color readableOn(Color ground) {
    int luminance = 299 * ground.getRed() + 587 * ground.getGreen() + 114 * ground.getBlue();
    return luminance > 140_000 ? Color.BLACK : Color.WHITE;
  }

  private static int scaled(int channel, double factor) {
    return (int) Math.max(0, Math.min(255, Math.round(channel * factor)));
  }

  private static int between(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
