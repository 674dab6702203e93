package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;

/** Paints what is in the sky, around a centre; {@code unit} is a third of the picture. */
record SkyElementPainter(Canvas canvas, double x, double y, double unit, Color sky) {

  void paint(Element element) {
    switch (element.sort()) {
      case SUN -> paintSun();
      case MOON -> paintMoon();
      case CLOUDS -> paintClouds(element.count());
      case BALLOON -> paintBalloon(element.tint().colour());
      case BIRDS -> paintBirds(element.count());
      case KITE -> paintKite(element.tint().colour());
      default -> throw new IllegalArgumentException(element.sort() + " is not in the sky");
    }
  }

  private Ellipse2D circle(double atX, double atY, double radius) {
    return new Ellipse2D.Double(atX - radius, atY - radius, 2 * radius, 2 * radius);
  }

  private void paintSun() {
    canvas.fill(circle(x, y, 0.27 * unit), new Color(255, 236, 150, 90));
    canvas.fill(circle(x, y, 0.2 * unit), new Color(255, 214, 70));
  }

  private void paintMoon() {
    Area crescent = new Area(circle(x, y, 0.2 * unit));
    crescent.subtract(new Area(circle(x + 0.1 * unit, y - 0.05 * unit, 0.18 * unit)));
    canvas.fill(crescent, new Color(244, 240, 214));
  }

  private void paintClouds(int count) {
    for (int i = 0; i < count; i++) {
      double centre = y + (count == 1 ? 0 : (i - 0.5) * 0.42 * unit);
      double shift = count == 1 ? 0 : (i - 0.5) * 0.24 * unit;
      Area cloud = new Area(circle(x + shift, centre - 0.05 * unit, 0.13 * unit));
      cloud.add(new Area(circle(x + shift - 0.15 * unit, centre, 0.09 * unit)));
      cloud.add(new Area(circle(x + shift + 0.15 * unit, centre, 0.1 * unit)));
      cloud.add(
          new Area(
              new Rectangle2D.Double(x + shift - 0.15 * unit, centre, 0.3 * unit, 0.09 * unit)));
      canvas.fill(cloud, Palette.mix(Color.WHITE, sky, 0.15));
    }
  }

  private void paintBalloon(Color colour) {
    double r = 0.2 * unit;
    canvas.stroke(line(x - 0.5 * r, y + 0.7 * r, x - 0.22 * r, y + 1.5 * r), Color.DARK_GRAY, 1);
    canvas.stroke(line(x + 0.5 * r, y + 0.7 * r, x + 0.22 * r, y + 1.5 * r), Color.DARK_GRAY, 1);
    Area skin = new Area(circle(x, y, r));
    skin.add(
        new Area(polygon(x - 0.9 * r, y + 0.4 * r, x + 0.9 * r, y + 0.4 * r, x, y + 1.35 * r)));
    canvas.fill(skin, colour);
    Area stripe = new Area(new Ellipse2D.Double(x - 0.35 * r, y - r, 0.7 * r, 2.3 * r));
    stripe.intersect(skin);
    canvas.fill(stripe, Palette.mix(colour, Color.WHITE, 0.45));
    canvas.fill(
        new Rectangle2D.Double(x - 0.24 * r, y + 1.5 * r, 0.48 * r, 0.34 * r),
        new Color(130, 86, 44));
  }

  private void paintBirds(int count) {
    Color ink = Palette.readableOn(sky);
    for (int i = 0; i < count; i++) {
      double atX = x + (i - (count - 1) / 2.0) * 0.22 * unit;
      double atY = y + (i % 2 == 0 ? 0 : 0.13 * unit);
      double wing = 0.085 * unit;
      canvas.stroke(
          new QuadCurve2D.Double(atX - wing, atY - 3, atX - wing / 2, atY - 0.09 * unit, atX, atY),
          ink,
          2);
      canvas.stroke(
          new QuadCurve2D.Double(atX, atY, atX + wing / 2, atY - 0.09 * unit, atX + wing, atY - 3),
          ink,
          2);
    }
  }

  private void paintKite(Color colour) {
    double r = 0.19 * unit;
    Path2D tail = new Path2D.Double();
    tail.moveTo(x, y + 1.2 * r);
    tail.curveTo(x - r, y + 1.7 * r, x + r, y + 2 * r, x - 0.2 * r, y + 2.6 * r);
    canvas.stroke(tail, Palette.readableOn(sky), 1.3);
    canvas.fill(polygon(x, y - r, x + 0.75 * r, y, x, y + 1.2 * r, x - 0.75 * r, y), colour);
    canvas.fill(polygon(x, y - r, x + 0.75 * r, y, x, y), Palette.mix(colour, Color.WHITE, 0.4));
    canvas.fill(
        polygon(x, y + 1.2 * r, x - 0.75 * r, y, x, y), Palette.mix(colour, Color.WHITE, 0.4));
  }

  private static Path2D line(double x1, double y1, double x2, double y2) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    return path;
  }

  static Path2D polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
