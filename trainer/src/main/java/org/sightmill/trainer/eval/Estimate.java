package org.sightmill.trainer.eval;

/**
 * A mean with its 95 % interval.
 *
 * @param value the mean
 * @param low 2.5th percentile of resampled means
 * @param high 97.5th percentile
 */
public record Estimate(double value, double low, double high) {}
