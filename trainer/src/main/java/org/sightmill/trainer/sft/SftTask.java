package org.sightmill.trainer.sft;

import java.io.Serializable;
import java.util.List;

/**
 * One optimizer step: tokens that count are counted over all shards, then every shard's gradient is
 * summed in the fixed tree and applied by every worker.
 *
 * @param policyVersion optimizer steps behind the weights to start from
 */
public record SftTask(long policyVersion, List<SftShard> shards, double learningRate)
    implements Serializable {

  /** Copies the list. */
  public SftTask {
    shards = List.copyOf(shards);
  }
}
