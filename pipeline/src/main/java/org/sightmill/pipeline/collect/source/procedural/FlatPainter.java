package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.sightmill.pipeline.sample.Box;

/** Paints flat shapes that touch exactly their stated bounds. */
final class FlatPainter {
  private static final double BORDER = 0.92;
  private static final double HOLLOW = 0.7;
  private static final double CROSS_ARM = 0.36;
  private static final double CROSS_INSET = 0.5;

  private FlatPainter() {}

  static void paint(Canvas canvas, Thing thing) {
    Color colour = thing.tint().colour();
    if (thing.finish() == Finish.OUTLINED) {
      Path2D ring = new Path2D.Double(Path2D.WIND_EVEN_ODD);
      ring.append(shape(thing, 1), false);
      ring.append(shape(thing, HOLLOW), false);
      canvas.fill(ring, colour);
    } else {
      canvas.fill(shape(thing, 1), Palette.shade(colour, 0.75));
      canvas.fill(shape(thing, BORDER), colour);
    }
  }

  private static Shape shape(Thing thing, double scale) {
    Box box = thing.bounds();
    double halfWidth = (box.x2() - box.x1()) / 2;
    double halfHeight = (box.y2() - box.y1()) / 2;
    if (thing.form() == Form.CIRCLE) {
      return new Ellipse2D.Double(
          thing.x() - scale * halfWidth,
          thing.y() - scale * halfHeight,
          2 * scale * halfWidth,
          2 * scale * halfHeight);
    }
    AffineTransform place = new AffineTransform(halfWidth, 0, 0, halfHeight, thing.x(), thing.y());
    return place.createTransformedShape(outline(thing.form(), scale));
  }

  /** Scaling would give a cross an uneven border: its arms are inset instead. */
  private static Path2D outline(Form form, double scale) {
    if (form == Form.CROSS) {
      double inset = (1 - scale) * CROSS_INSET;
      return polygon(cross(CROSS_ARM - inset, 1 - inset), 1);
    }
    return polygon(corners(form), scale);
  }

  private static double[] cross(double arm, double end) {
    return new double[] {
      -arm, -end, arm, -end, arm, -arm, end, -arm, end, arm, arm, arm, arm, end, -arm, end, -arm,
      arm, -end, arm, -end, -arm, -arm, -arm
    };
  }

  /** Scales around the mean of the corners, so that borders are even. */
  private static Path2D polygon(double[] corners, double scale) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < corners.length; i += 2) {
      meanX += 2 * corners[i] / corners.length;
      meanY += 2 * corners[i + 1] / corners.length;
    }
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i += 2) {
      double x = meanX + scale * (corners[i] - meanX);
      double y = meanY + scale * (corners[i + 1] - meanY);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  /** Corners that touch all sides of the square from -1 to 1. */
  private static double[] corners(Form form) {
    return switch (form) {
      case SQUARE -> new double[] {-1, -1, 1, -1, 1, 1, -1, 1};
      case TRIANGLE -> new double[] {0, -1, 1, 1, -1, 1};
      case DIAMOND -> new double[] {0, -1, 1, 0, 0, 1, -1, 0};
      case HEXAGON -> new double[] {-0.5, -1, 0.5, -1, 1, 0, 0.5, 1, -0.5, 1, -1, 0};
      case STAR ->
          new double[] {
            0, -1, 0.24, -0.25, 1, -0.23, 0.38, 0.23, 0.62, 1, 0, 0.55, -0.62, 1, -0.38, 0.23, -1,
            -0.23, -0.24, -0.25
          };
      default -> throw new IllegalArgumentException(form + " has no corners");
    };
  }
}
