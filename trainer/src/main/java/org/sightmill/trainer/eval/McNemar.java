package org.sightmill.trainer.eval;

/**
 * McNemar's exact test of two arms over the same units: were the units that changed as likely to
 * change for the better as for the worse?
 *
 * @param gained units that only the second arm has right
 * @param lost units that only the first arm has right
 * @param p two-sided, from the binomial distribution; 1 when nothing changed
 */
public record McNemar(long gained, long lost, double p) {

  /** The test for these counts. */
  public static McNemar of(long gained, long lost) {
    long n = gained + lost;
    double tail = 0;
    double logTerm = -n * Math.log(2);
    for (long k = 0; k <= Math.min(gained, lost); k++) {
      tail += Math.exp(logTerm);
      logTerm += Math.log(n - k) - Math.log(k + 1);
    }
    return new McNemar(gained, lost, Math.min(1, 2 * tail));
  }
}
