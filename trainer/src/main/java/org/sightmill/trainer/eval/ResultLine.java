package org.sightmill.trainer.eval;

/**
 * A line of a benchmark's own table in all three columns.
 *
 * @param n what the line counts
 * @param compatible accuracy by the benchmark's rule, in [0, 1]
 * @param lenient accuracy by the project's verifier, lenient
 * @param strict the same, strict
 */
public record ResultLine(String name, long n, double compatible, double lenient, double strict) {}
