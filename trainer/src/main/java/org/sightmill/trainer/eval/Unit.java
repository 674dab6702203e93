package org.sightmill.trainer.eval;

/**
 * What a benchmark's headline number is the mean of: an item, or a group of items that count as
 * one. Units are drawn together in resampling, and compared with the same unit of another arm.
 *
 * @param value in [0, 1]
 */
public record Unit(String id, double value) {}
