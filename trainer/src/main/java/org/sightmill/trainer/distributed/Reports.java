package org.sightmill.trainer.distributed;

import java.util.HashMap;
import java.util.Map;
import org.sightmill.trainer.distributed.exchange.NodeReport;
import org.sightmill.trainer.distributed.exchange.ShardTree;
import org.sightmill.trainer.distributed.exchange.StepResult;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.UpdateReport;

/** What a recipe is told of a committed step. */
final class Reports {
  private Reports() {}

  /** The metrics of all shards, added in the tree's order as the gradients were. */
  static UpdateReport of(StepResult result, int shards) {
    Map<ShardTree.Node, MetricSums> byNode = new HashMap<>();
    for (NodeReport report : result.reports()) {
      byNode.put(report.node(), Serialized.value(report.data(), MetricSums.class));
    }
    MetricSums metrics = ShardTree.sum(new ShardTree(shards).root(), byNode::get, MetricSums::add);
    return new UpdateReport(metrics, Double.parseDouble(result.summary()), result.hash());
  }
}
