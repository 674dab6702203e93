package org.sightmill.trainer.grpo;

import java.io.Serializable;

/**
 * Log-probabilities of a group's tokens by training forwards, at the sampling temperature.
 *
 * @param policy under the weights before the first update, a row per completion
 * @param reference under the reference; null without one
 */
public record GroupScores(float[][] policy, float[][] reference) implements Serializable {}
