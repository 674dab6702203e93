package org.sightmill.trainer.model;

/** How far apart the random weights of a matrix lie. */
public enum InitialScale {
  /** As the reference initialises: 0.02, which is made for widths of a thousand and more. */
  REFERENCE {
    @Override
    double deviation(int inputs) {
      return 0.02;
    }
  },
  /**
   * One over the root of a row's inputs: what goes through a matrix keeps its size. At a width of a
   * hundred, 0.02 leaves attention all but uniform, and learning to look takes much longer.
   */
  FAN_IN {
    @Override
    double deviation(int inputs) {
      return 1 / Math.sqrt(inputs);
    }
  };

  /**
   * The standard deviation.
   *
   * @param inputs numbers that one output is made from
   */
  abstract double deviation(int inputs);
}
