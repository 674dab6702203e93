package org.sightmill.trainer.eval;

/**
 * An item with its value under one way of scoring.
 *
 * @param value 1 for right, 0 for all else
 */
public record Scored(BenchmarkRow row, double value) {}
