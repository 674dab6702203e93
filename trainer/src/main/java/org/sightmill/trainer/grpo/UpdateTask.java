package org.sightmill.trainer.grpo;

import java.io.Serializable;
import java.util.List;
import org.sightmill.trainer.loss.LossNormaliser;

/**
 * One optimizer step: every shard's gradient, summed in the fixed tree, applied by every worker.
 *
 * @param policyVersion optimizer steps behind the weights to start from
 * @param normaliser counts over all shards together
 * @param beta weight of the KL term in the loss
 */
public record UpdateTask(
    long policyVersion,
    List<Shard> shards,
    LossNormaliser normaliser,
    double beta,
    double learningRate)
    implements Serializable {

  /** Copies the list. */
  public UpdateTask {
    shards = List.copyOf(shards);
  }
}
