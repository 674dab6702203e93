package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.sightmill.pipeline.sample.Box;

/** Paints solids, lit from the upper left, that touch exactly their stated bounds. */
final class SolidPainter {
  private static final double CUBE_DEPTH = 0.5;
  private static final double DISC_HALF_HEIGHT = 0.26;
  private static final Color CLEAR_WHITE = new Color(255, 255, 255, 0);

  private final Canvas canvas;
  private final Thing thing;
  private final Box box;
  private final Color colour;

  private SolidPainter(Canvas canvas, Thing thing) {
    this.canvas = canvas;
    this.thing = thing;
    this.box = thing.bounds();
    this.colour = thing.tint().colour();
  }

  static void paint(Canvas canvas, Thing thing) {
    new SolidPainter(canvas, thing).paint();
  }

  /** A soft shadow to the lower right. */
  static void shadow(Canvas canvas, Thing thing) {
    double r = thing.radius();
    double x = thing.x() + 0.3 * r;
    double y = thing.bounds().y2() - 0.16 * r;
    for (int ring = 5; ring >= 1; ring--) {
      double half = r * (0.75 + 0.12 * ring);
      canvas.fill(
          new Ellipse2D.Double(x - half, y - 0.3 * half, 2 * half, 0.6 * half),
          new Color(0, 0, 0, 16));
    }
  }

  private void paint() {
    switch (thing.form()) {
      case SPHERE -> paintSphere();
      case CUBE -> paintCube();
      case CYLINDER -> paintCylinder();
      case CONE -> paintCone();
      default -> throw new IllegalArgumentException(thing.form() + " is not a solid");
    }
  }

  private boolean isMetal() {
    return thing.finish() == Finish.METAL;
  }

  private void paintSphere() {
    double r = thing.radius();
    Point2D light = new Point2D.Double(thing.x() - 0.35 * r, thing.y() - 0.4 * r);
    float[] stops = {0, 0.35f, 1};
    Color[] colours =
        isMetal()
            ? new Color[] {
              Palette.mix(colour, Color.WHITE, 0.75), colour, Palette.shade(colour, 0.38)
            }
            : new Color[] {
              Palette.mix(colour, Color.WHITE, 0.12), colour, Palette.shade(colour, 0.62)
            };
    canvas.graphics().setPaint(new RadialGradientPaint(light, (float) (1.45 * r), stops, colours));
    canvas.graphics().fill(disc(thing.x(), thing.y(), r, r));
    if (isMetal()) {
      glint(thing.x() - 0.38 * r, thing.y() - 0.42 * r, 0.3 * r);
    }
  }

  private void glint(double x, double y, double radius) {
    canvas
        .graphics()
        .setPaint(
            new RadialGradientPaint(
                new Point2D.Double(x, y),
                (float) radius,
                new float[] {0, 0.45f, 1},
                new Color[] {
                  new Color(255, 255, 255, 245), new Color(255, 255, 255, 190), CLEAR_WHITE
                }));
    canvas.graphics().fill(disc(x, y, radius, radius));
  }

  private void paintCube() {
    double depth = CUBE_DEPTH * thing.radius();
    double left = box.x1();
    double top = box.y1() + depth;
    double right = box.x2() - depth;
    Rectangle2D front = new Rectangle2D.Double(left, top, right - left, box.y2() - top);
    canvas.graphics().setPaint(face(front));
    canvas.graphics().fill(front);
    canvas.fill(
        quad(left, top, left + depth, box.y1(), box.x2(), box.y1(), right, top),
        Palette.mix(colour, Color.WHITE, isMetal() ? 0.5 : 0.25));
    canvas.fill(
        quad(right, top, box.x2(), box.y1(), box.x2(), box.y2() - depth, right, box.y2()),
        Palette.shade(colour, isMetal() ? 0.5 : 0.66));
  }

  /** Metal reflects a bright slanted band; rubber is even. */
  private Paint face(Rectangle2D front) {
    if (!isMetal()) {
      return Palette.shade(colour, 0.9);
    }
    Color bright = Palette.mix(colour, Color.WHITE, 0.8);
    return new LinearGradientPaint(
        (float) front.getMinX(),
        (float) front.getMinY(),
        (float) front.getMaxX(),
        (float) front.getMaxY(),
        new float[] {0, 0.3f, 0.42f, 0.54f, 1},
        new Color[] {
          Palette.shade(colour, 0.95), colour, bright, colour, Palette.shade(colour, 0.6)
        });
  }

  private Paint mantle() {
    float[] stops = {0, 0.28f, 0.5f, 1};
    Color lit = Palette.mix(colour, Color.WHITE, isMetal() ? 0.85 : 0.15);
    Color[] colours = {
      Palette.shade(colour, isMetal() ? 0.55 : 0.85),
      lit,
      colour,
      Palette.shade(colour, isMetal() ? 0.4 : 0.6)
    };
    return new LinearGradientPaint((float) box.x1(), 0, (float) box.x2(), 0, stops, colours);
  }

  private void paintCylinder() {
    double halfWidth = (box.x2() - box.x1()) / 2;
    double lid = DISC_HALF_HEIGHT * thing.radius();
    Area body =
        new Area(
            new Rectangle2D.Double(
                box.x1(), box.y1() + lid, 2 * halfWidth, box.y2() - box.y1() - 2 * lid));
    body.add(new Area(disc(thing.x(), box.y2() - lid, halfWidth, lid)));
    canvas.graphics().setPaint(mantle());
    canvas.graphics().fill(body);
    canvas.fill(
        disc(thing.x(), box.y1() + lid, halfWidth, lid),
        Palette.mix(colour, Color.WHITE, isMetal() ? 0.55 : 0.28));
  }

  private void paintCone() {
    double halfWidth = (box.x2() - box.x1()) / 2;
    double base = DISC_HALF_HEIGHT * thing.radius();
    Path2D side = new Path2D.Double();
    side.moveTo(thing.x(), box.y1());
    side.lineTo(box.x2(), box.y2() - base);
    side.lineTo(box.x1(), box.y2() - base);
    side.closePath();
    Area body = new Area(side);
    body.add(new Area(disc(thing.x(), box.y2() - base, halfWidth, base)));
    canvas.graphics().setPaint(mantle());
    canvas.graphics().fill(body);
  }

  private static Ellipse2D disc(double x, double y, double halfWidth, double halfHeight) {
    return new Ellipse2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }

  private static Path2D quad(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
