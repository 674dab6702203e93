/**
 * Qwen2.5-VL: configuration, weights, and the forward and backward passes from pixels to
 * log-probabilities. Start at {@link org.sightmill.trainer.model.Policy}; the computation itself is
 * in {@link org.sightmill.trainer.model.VisionProgram} and {@link
 * org.sightmill.trainer.model.TextProgram}, line by line.
 *
 * <p>Shape letters used throughout: B rows, T tokens of a row, H hidden width, N heads, K key-value
 * heads, D head width, P patches, V vocabulary, L layers.
 */
package org.sightmill.trainer.model;
