package org.sightmill.pipeline.collect.source.procedural;

import java.util.Locale;

/** Two sizes, far enough apart to be told at a glance. */
enum Stature {
  SMALL(0.56),
  LARGE(1);

  private final double share;

  Stature(double share) {
    this.share = share;
  }

  /** Of a large object's radius. */
  double share() {
    return share;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
