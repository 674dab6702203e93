package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/**
 * Paints what stands on the ground, its foot at a height; {@code unit} is a third of the picture.
 */
record GroundElementPainter(
    Canvas canvas, double x, double foot, double unit, Landscape landscape) {
  private static final Color WOOD = new Color(128, 84, 46);
  private static final Color PINE = new Color(28, 92, 60);
  private static final Color LEAF = new Color(58, 138, 48);

  void paint(Element element) {
    switch (element.sort()) {
      case HOUSE -> paintHouse(element.tint().colour());
      case PINES, TREES -> paintTrees(element);
      case TENT -> paintTent(element.tint().colour());
      case CAR -> paintCar(element.tint().colour());
      case POND -> paintPond();
      case FENCE -> paintFence();
      case WINDMILL -> paintWindmill();
      default -> throw new IllegalArgumentException(element.sort() + " is not on the ground");
    }
  }

  private void block(double left, double top, double width, double height, Color colour) {
    canvas.fill(
        new Rectangle2D.Double(x + left * unit, foot + top * unit, width * unit, height * unit),
        colour);
  }

  private void disc(double left, double top, double width, double height, Color colour) {
    canvas.fill(
        new Ellipse2D.Double(x + left * unit, foot + top * unit, width * unit, height * unit),
        colour);
  }

  /** Corners relative to the foot, in units. */
  private void shape(Color colour, double... corners) {
    double[] placed = new double[corners.length];
    for (int i = 0; i < corners.length; i += 2) {
      placed[i] = x + corners[i] * unit;
      placed[i + 1] = foot + corners[i + 1] * unit;
    }
    canvas.fill(SkyElementPainter.polygon(placed), colour);
  }

  private boolean isNight() {
    return landscape.hour() == Landscape.Hour.NIGHT;
  }

  private void paintHouse(Color roof) {
    Color wall = new Color(238, 226, 204);
    Color pane = isNight() ? new Color(255, 214, 110) : new Color(130, 180, 214);
    block(-0.3, -0.42, 0.6, 0.42, wall);
    block(-0.3, -0.42, 0.6, 0.03, Palette.shade(wall, 0.8));
    block(0.16, -0.72, 0.08, 0.2, new Color(150, 80, 66));
    shape(roof, -0.38, -0.42, 0, -0.76, 0.38, -0.42);
    block(-0.07, -0.24, 0.14, 0.24, WOOD);
    block(-0.23, -0.32, 0.12, 0.12, pane);
    block(0.11, -0.32, 0.12, 0.12, pane);
  }

  private void paintTrees(Element element) {
    int count = element.count();
    for (int i = 0; i < count; i++) {
      double shift = (i - (count - 1) / 2.0) * (count == 2 ? 0.46 : 0.32);
      if (element.sort() == Element.Sort.PINES) {
        paintPine(shift);
      } else {
        block(shift - 0.035, -0.3, 0.07, 0.3, WOOD);
        disc(shift - 0.2, -0.7, 0.4, 0.46, LEAF);
        disc(shift - 0.13, -0.65, 0.2, 0.2, Palette.shade(LEAF, 1.15));
      }
    }
  }

  private void paintPine(double shift) {
    block(shift - 0.025, -0.14, 0.05, 0.14, WOOD);
    for (int tier = 0; tier < 3; tier++) {
      double top = -0.74 + 0.16 * tier;
      double half = 0.08 + 0.035 * tier;
      shape(
          Palette.shade(PINE, 1.1 - 0.1 * tier),
          shift,
          top,
          shift + half,
          top + 0.3,
          shift - half,
          top + 0.3);
    }
  }

  private void paintTent(Color cloth) {
    shape(cloth, -0.34, 0, 0, -0.46, 0.34, 0);
    shape(Palette.shade(cloth, 0.72), 0, -0.46, 0.34, 0, 0.12, 0);
    shape(new Color(60, 44, 40), -0.09, 0, 0, -0.24, 0.09, 0);
  }

  private void paintCar(Color paint) {
    Color glass = isNight() ? new Color(255, 226, 150) : new Color(196, 224, 240);
    shape(paint, -0.22, -0.24, -0.13, -0.38, 0.14, -0.38, 0.24, -0.24);
    shape(glass, -0.17, -0.245, -0.11, -0.35, 0, -0.35, 0, -0.245);
    shape(glass, 0.03, -0.245, 0.03, -0.35, 0.12, -0.35, 0.19, -0.245);
    block(-0.36, -0.25, 0.72, 0.17, paint);
    block(0.31, -0.21, 0.05, 0.05, new Color(255, 240, 170));
    for (double wheel : new double[] {-0.28, 0.12}) {
      disc(wheel, -0.15, 0.16, 0.16, new Color(32, 32, 36));
      disc(wheel + 0.05, -0.1, 0.06, 0.06, new Color(190, 190, 196));
    }
  }

  private void paintPond() {
    Color water = isNight() ? new Color(50, 74, 132) : new Color(82, 152, 208);
    disc(-0.4, -0.2, 0.8, 0.26, Palette.shade(water, 0.75));
    disc(-0.37, -0.185, 0.74, 0.22, water);
    disc(-0.2, -0.13, 0.26, 0.04, Palette.mix(water, Color.WHITE, 0.4));
  }

  private void paintFence() {
    block(-0.42, -0.24, 0.84, 0.045, WOOD);
    block(-0.42, -0.12, 0.84, 0.045, WOOD);
    for (int post = 0; post < 5; post++) {
      block(-0.4 + 0.19 * post, -0.32, 0.055, 0.32, Palette.shade(WOOD, 1.15));
    }
  }

  private void paintWindmill() {
    Color wall = new Color(226, 218, 206);
    shape(wall, -0.15, 0, -0.09, -0.56, 0.09, -0.56, 0.15, 0);
    shape(new Color(112, 66, 52), -0.12, -0.55, 0, -0.7, 0.12, -0.55);
    block(-0.045, -0.16, 0.09, 0.16, WOOD);
    Color sail = new Color(96, 84, 76);
    for (int quarter = 0; quarter < 4; quarter++) {
      double angle = 0.5 + quarter * Math.PI / 2;
      double dx = Math.cos(angle);
      double dy = Math.sin(angle);
      shape(
          sail,
          0.03 * dy,
          -0.56 - 0.03 * dx,
          0.34 * dx + 0.05 * dy,
          -0.56 + 0.34 * dy - 0.05 * dx,
          0.34 * dx - 0.03 * dy,
          -0.56 + 0.34 * dy + 0.03 * dx);
    }
    disc(-0.03, -0.59, 0.06, 0.06, new Color(60, 52, 48));
  }
}
