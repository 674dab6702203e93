package org.sightmill.trainer.distributed.exchange;

import java.util.Objects;

/**
 * What a node's shards yield besides their gradients, added in the tree's order.
 *
 * @param data made by the replica, read by who planned the step
 */
public record NodeReport(ShardTree.Node node, byte[] data) {
  /** Rejects null. */
  public NodeReport {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(data, "data");
  }
}
