package org.sightmill.trainer.image;

/**
 * Fixed-point weights of one resampling pass, as Pillow makes them: Catmull-Rom bicubic (a = -1/2),
 * its support stretched when shrinking.
 */
final class ResampleWeights {
  /** 32 bits less 8 for the byte and 2 for overshoot. */
  static final int FRACTION_BITS = 22;

  private static final double A = -0.5;
  private static final double SUPPORT = 2;

  /** Taps reserved for each output. */
  final int taps;

  /** First input of each output. */
  final int[] first;

  /** Inputs of each output, at most {@link #taps}. */
  final int[] count;

  /** Weights, [outputs, taps]. */
  final int[] weight;

  ResampleWeights(int inputs, int outputs) {
    double scale = inputs / (double) outputs;
    double stretch = Math.max(scale, 1);
    this.taps = (int) Math.ceil(SUPPORT * stretch) * 2 + 1;
    this.first = new int[outputs];
    this.count = new int[outputs];
    this.weight = new int[Math.multiplyExact(outputs, taps)];
    double[] buffer = new double[taps];
    for (int output = 0; output < outputs; output++) {
      fill(output, (output + 0.5) * scale, stretch, inputs, buffer);
    }
  }

  private void fill(int output, double center, double stretch, int inputs, double[] buffer) {
    double support = SUPPORT * stretch;
    int begin = Math.max(0, (int) (center - support + 0.5));
    int end = Math.min(inputs, (int) (center + support + 0.5));
    first[output] = begin;
    count[output] = end - begin;
    double sum = 0;
    for (int i = 0; i < end - begin; i++) {
      // A product with the inverse, not a quotient: the last bit decides some weights.
      buffer[i] = bicubic((i + begin - center + 0.5) * (1.0 / stretch));
      sum += buffer[i];
    }
    for (int i = 0; i < end - begin; i++) {
      weight[output * taps + i] = fixedPoint(sum == 0 ? buffer[i] : buffer[i] / sum);
    }
  }

  private static double bicubic(double offset) {
    double x = Math.abs(offset);
    if (x < 1) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
  }

  /** Rounds half away from zero. */
  private static int fixedPoint(double value) {
    double scaled = value * (1 << FRACTION_BITS);
    return (int) (value < 0 ? scaled - 0.5 : scaled + 0.5);
  }
}
