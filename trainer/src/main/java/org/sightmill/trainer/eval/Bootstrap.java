package org.sightmill.trainer.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap of a mean (Efron 1979): units are drawn with replacement. The same values
 * and seed give the same interval.
 */
public final class Bootstrap {
  /** Enough for the second digit of a percentage. */
  public static final int RESAMPLES = 2_000;

  /** Any number will do. */
  public static final long SEED = 20_250_414L;

  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /** The mean of the units' values with its interval; all zero without units. */
  public static Estimate of(List<Unit> units) {
    return of(units.stream().mapToDouble(Unit::value).toArray(), SEED);
  }

  /** The mean of values with its interval. */
  public static Estimate of(double[] values, long seed) {
    if (values.length == 0) {
      return new Estimate(0, 0, 0);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    Arrays.setAll(means, i -> resampledMean(values, random));
    Arrays.sort(means);
    double mean = Arrays.stream(values).sum() / values.length;
    return new Estimate(mean, quantile(means, TAIL), quantile(means, 1 - TAIL));
  }

  private static double resampledMean(double[] values, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
