package org.sightmill.pipeline.sample;

/**
 * A bounding box with {@code x1 < x2} and {@code y1 < y2}, origin at the top left. The unit is the
 * caller's: in Parquet always fractions of the upright image.
 */
public record Box(double x1, double y1, double x2, double y2) {

  /** Rejects an empty, inverted or non-finite box. */
  public Box {
    if (!isValid(x1, y1, x2, y2)) {
      throw new IllegalArgumentException(
          "box [%s, %s, %s, %s] must be finite with x1 < x2 and y1 < y2".formatted(x1, y1, x2, y2));
    }
  }

  /** Whether these four numbers make a box. */
  public static boolean isValid(double x1, double y1, double x2, double y2) {
    return Double.isFinite(x1)
        && Double.isFinite(y1)
        && Double.isFinite(x2)
        && Double.isFinite(y2)
        && x1 < x2
        && y1 < y2;
  }

  /** This box with x divided by {@code width} and y by {@code height}. */
  public Box dividedBy(double width, double height) {
    return new Box(x1 / width, y1 / height, x2 / width, y2 / height);
  }

  /** Whether all corners lie in the unit square. */
  public boolean isWithinUnitSquare() {
    return x1 >= 0 && y1 >= 0 && x2 <= 1 && y2 <= 1;
  }

  /** The area in the box's own unit, squared. */
  public double area() {
    return (x2 - x1) * (y2 - y1);
  }

  /** Intersection over union with continuous coordinates, in [0, 1]. */
  public double iou(Box other) {
    double width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double intersection = width * height;
    return intersection / (area() + other.area() - intersection);
  }

  /** The JSON text of the data contract: {@code [x1, y1, x2, y2]}. */
  public String toJson() {
    return "[%s, %s, %s, %s]".formatted(x1, y1, x2, y2);
  }
}
