/**
 * What a training run tells: {@code metrics.jsonl}, TensorBoard's event files, a live line and the
 * completions. Start at {@link org.sightmill.trainer.metric.RunLog}.
 */
package org.sightmill.trainer.metric;
