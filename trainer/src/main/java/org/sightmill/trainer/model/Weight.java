package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;

/**
 * A loaded weight.
 *
 * @param compute what the programs use
 * @param master what the optimizer changes, in 32 bits; the same tensor as {@code compute} unless
 *     the compute type is shorter and the weight trains
 * @param trains whether gradients are taken
 */
record Weight(ParameterSpec spec, NDArray compute, NDArray master, boolean trains) {}
