package org.sightmill.pipeline.collect.source.procedural;

/** Makes the task of a family. */
final class Tasks {
  private Tasks() {}

  /** A task; {@code hardness} in [0, 1]. */
  static Task make(ProceduralFamily family, Dice dice, double hardness, Size size) {
    return switch (family) {
      case COUNTING -> CountingMaker.make(dice, hardness, size);
      case CHART -> ChartMaker.make(dice, hardness, size);
      case FUNCTION -> FunctionMaker.make(dice, hardness);
      case LOCATING -> LocatingMaker.make(dice, hardness, size);
      case SCENE -> SceneTask.make(dice, hardness, size);
      case TALLY -> TallyTask.make(dice);
      case MAJORITY -> MajorityTask.make(dice);
    };
  }
}
