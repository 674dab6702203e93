package org.sightmill.pipeline.collect.source.procedural;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Finds for a label the side of its point where it hides least. */
final class LabelPlacer {
  private static final double DISTANCE_PIXELS = 7;
  private static final double HARD_COST = 100;
  private static final double LIGHT_COST = 6;

  private final Rectangle2D picture;
  private final List<Rectangle2D> hard = new ArrayList<>();
  private final List<Rectangle2D> light = new ArrayList<>();
  private final List<Point2D> curve = new ArrayList<>();

  LabelPlacer(int width, int height) {
    picture = new Rectangle2D.Double(2, 2, width - 4.0, height - 4.0);
  }

  void avoid(Rectangle2D area) {
    hard.add(area);
  }

  void avoidLightly(Rectangle2D area) {
    light.add(area);
  }

  void avoidCurve(Path2D path) {
    double[] at = new double[6];
    for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
      i.currentSegment(at);
      curve.add(new Point2D.Double(at[0], at[1]));
    }
  }

  /** The best of eight spots around (x, y); later labels avoid it. */
  Rectangle2D place(double x, double y, double width, double height) {
    Rectangle2D best = null;
    for (int column = -1; column <= 1; column++) {
      for (int row = -1; row <= 1; row++) {
        Rectangle2D spot = spot(x, y, width, height, column, row);
        if ((column != 0 || row != 0) && (best == null || cost(spot) < cost(best))) {
          best = spot;
        }
      }
    }
    avoid(best);
    return best;
  }

  private static Rectangle2D spot(
      double x, double y, double width, double height, int column, int row) {
    double left = x - width / 2 + column * (width / 2 + DISTANCE_PIXELS);
    double top = y - height / 2 + row * (height / 2 + DISTANCE_PIXELS);
    return new Rectangle2D.Double(left, top, width, height);
  }

  private double cost(Rectangle2D spot) {
    double cost = picture.contains(spot) ? 0 : 10 * HARD_COST;
    cost += HARD_COST * hard.stream().filter(spot::intersects).count();
    cost += LIGHT_COST * light.stream().filter(spot::intersects).count();
    return cost + curve.stream().filter(spot::contains).count();
  }
}
