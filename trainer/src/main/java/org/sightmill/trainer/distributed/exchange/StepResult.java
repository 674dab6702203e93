package org.sightmill.trainer.distributed.exchange;

import java.util.List;

/**
 * A committed step.
 *
 * @param hash of weights and optimizer state after it, the same everywhere
 * @param summary what the replicas say that the step did, the same everywhere
 * @param reports of the nodes that members added up, in the order of their shards
 * @param executors that took part
 */
public record StepResult(
    String hash, String summary, List<NodeReport> reports, List<String> executors) {
  /** Copies the lists. */
  public StepResult {
    reports = List.copyOf(reports);
    executors = List.copyOf(executors);
  }
}
