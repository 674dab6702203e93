package org.sightmill.trainer.model;

import java.util.List;

/** Arithmetic that the supervised tests share. */
final class SftSteps {
  private SftSteps() {}

  static int count(List<boolean[]> choices) {
    int count = 0;
    for (boolean[] row : choices) {
      for (boolean chosen : row) {
        count += chosen ? 1 : 0;
      }
    }
    return count;
  }

  static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
