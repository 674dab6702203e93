package org.sightmill.trainer.eval;

/**
 * A line of a benchmark's own table.
 *
 * @param name as the benchmark prints it
 * @param n items, or groups of items where the line counts those
 * @param accuracy in [0, 1]
 */
public record Line(String name, long n, double accuracy) {}
