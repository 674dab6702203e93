package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.util.Locale;

/** The colours of objects, far enough apart to be told from each other under shading. */
enum Tint {
  RED(214, 36, 40),
  ORANGE(255, 140, 16),
  YELLOW(252, 220, 40),
  GREEN(36, 158, 60),
  CYAN(40, 205, 215),
  BLUE(36, 84, 220),
  PURPLE(142, 56, 190),
  GRAY(118, 122, 128);

  private final Color colour;

  Tint(int red, int green, int blue) {
    colour = new Color(red, green, blue);
  }

  Color colour() {
    return colour;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
