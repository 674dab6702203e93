package org.sightmill.trainer.eval;

import java.util.List;

/** Means of items and units as lines. */
final class Lines {
  private Lines() {}

  static Line mean(String name, List<Scored> items) {
    double mean = items.stream().mapToDouble(Scored::value).average().orElse(0);
    return new Line(name, items.size(), mean);
  }

  static Line ofUnits(String name, List<Unit> units) {
    double mean = units.stream().mapToDouble(Unit::value).average().orElse(0);
    return new Line(name, units.size(), mean);
  }
}
