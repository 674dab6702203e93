package org.sightmill.trainer.update;

import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;

/**
 * What one or more shards give to an update.
 *
 * @param gradients sums over their samples
 */
public record ShardGradient(Gradients gradients, MetricSums metrics) implements AutoCloseable {

  /** Nothing yet; it belongs to the target. */
  public static ShardGradient empty(Policy policy, Scope target) {
    return new ShardGradient(policy.newGradients(target), new MetricSums());
  }

  /** Adds another's and frees it: an inner node of the fixed tree. */
  public ShardGradient plus(ShardGradient other) {
    gradients.add(other.gradients);
    metrics.add(other.metrics);
    other.close();
    return this;
  }

  @Override
  public void close() {
    gradients.close();
  }
}
