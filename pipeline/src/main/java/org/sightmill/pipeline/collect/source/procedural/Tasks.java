package org.sightmill.pipeline.collect.source.procedural;

/** Makes the task of a family. */
final class Tasks {
  private Tasks() {}

  /** A task; {@code hardness} in [0, 1]. */
  static Task make(ProceduralFamily family, Dice dice, double hardness, Size size) {
    return switch (family) {
      case COUNTING, CHART, FUNCTION, LOCATING, SCENE -> CountingMaker.make(dice, hardness, size);
    };
  }
}
