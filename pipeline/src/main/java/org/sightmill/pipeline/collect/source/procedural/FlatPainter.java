package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Paints flat shapes that touch exactly their stated bounds. */
final class FlatPainter {
  private static final double BORDER = 0.92;
  private static final double HOLLOW = 0.7;

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
    return thing.form() == Form.CIRCLE
        ? new Ellipse2D.Double(
            thing.x() - scale * thing.radius(),
            thing.y() - scale * thing.radius(),
            2 * scale * thing.radius(),
            2 * scale * thing.radius())
        : polygon(corners(thing.form()), thing, scale);
  }

  /** Scales around the mean of the corners, so that borders are even. */
  private static Path2D polygon(double[] corners, Thing thing, double scale) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < corners.length; i += 2) {
      meanX += 2 * corners[i] / corners.length;
      meanY += 2 * corners[i + 1] / corners.length;
    }
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i += 2) {
      double x = thing.x() + thing.radius() * (meanX + scale * (corners[i] - meanX));
      double y = thing.y() + thing.radius() * (meanY + scale * (corners[i + 1] - meanY));
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  /** Corners around (0, 0) for radius 1, within the bounds that {@link Form} states. */
  private static double[] corners(Form form) {
    return switch (form) {
      case SQUARE -> new double[] {-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9};
      case TRIANGLE -> new double[] {0, -0.9, 1, 0.9, -1, 0.9};
      case DIAMOND -> new double[] {0, -1.05, 0.82, 0, 0, 1.05, -0.82, 0};
      case HEXAGON -> new double[] {-0.5, -0.87, 0.5, -0.87, 1, 0, 0.5, 0.87, -0.5, 0.87, -1, 0};
      case STAR ->
          new double[] {
            0, -0.95, 0.24, -0.24, 1, -0.22, 0.38, 0.22, 0.62, 0.95, 0, 0.52, -0.62, 0.95, -0.38,
            0.22, -1, -0.22, -0.24, -0.24
          };
      case CROSS ->
          new double[] {
            -0.32, -0.95, 0.32, -0.95, 0.32, -0.32, 0.95, -0.32, 0.95, 0.32, 0.32, 0.32, 0.32, 0.95,
            -0.32, 0.95, -0.32, 0.32, -0.95, 0.32, -0.95, -0.32, -0.32, -0.32
          };
      default -> throw new IllegalArgumentException(form + " has no corners");
    };
  }
}
