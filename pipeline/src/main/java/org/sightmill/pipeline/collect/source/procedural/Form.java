package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;
import java.util.Locale;
import org.sightmill.pipeline.sample.Box;

/** The shapes of objects: solids on a table, or flat shapes on paper. */
enum Form {
  SPHERE(1, 1),
  CUBE(1, 1),
  CYLINDER(0.78, 1),
  CONE(0.9, 1),
  CIRCLE(1, 1),
  SQUARE(0.9, 0.9),
  TRIANGLE(1, 0.9),
  DIAMOND(0.82, 1.05),
  STAR(1, 0.95),
  CROSS(0.95, 0.95),
  HEXAGON(1, 0.87);

  static final List<Form> SOLIDS = List.of(SPHERE, CUBE, CYLINDER, CONE);
  static final List<Form> FLATS = List.of(CIRCLE, SQUARE, TRIANGLE, DIAMOND, STAR, CROSS, HEXAGON);

  private final double halfWidth;
  private final double halfHeight;

  Form(double halfWidth, double halfHeight) {
    this.halfWidth = halfWidth;
    this.halfHeight = halfHeight;
  }

  /**
   * The exact bounds of this form around a centre, whole pixels from it; the painter stays within
   * and touches them.
   */
  Box bounds(double centreX, double centreY, double radius) {
    double w = StrictMath.rint(halfWidth * radius);
    double h = StrictMath.rint(halfHeight * radius);
    return new Box(centreX - w, centreY - h, centreX + w, centreY + h);
  }

  String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  String plural() {
    return this == CROSS ? "crosses" : noun() + "s";
  }
}
