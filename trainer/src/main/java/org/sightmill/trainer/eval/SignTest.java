package org.sightmill.trainer.eval;

/**
 * The exact sign test of two arms over the same units: were the units that changed as likely to
 * change for the better as for the worse? Where each unit is right or wrong it is McNemar's.
 *
 * @param gained units in which the second arm is better
 * @param lost units in which the first arm is better
 * @param p two-sided, from the binomial distribution; 1 when nothing changed
 */
public record SignTest(long gained, long lost, double p) {

  /** The test for these counts. */
  public static SignTest of(long gained, long lost) {
    long n = gained + lost;
    double tail = 0;
    double logTerm = -n * Math.log(2);
    for (long k = 0; k <= Math.min(gained, lost); k++) {
      tail += Math.exp(logTerm);
      logTerm += Math.log(n - k) - Math.log(k + 1);
    }
    return new SignTest(gained, lost, Math.min(1, 2 * tail));
  }
}
