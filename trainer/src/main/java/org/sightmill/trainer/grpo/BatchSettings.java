package org.sightmill.trainer.grpo;

import java.io.Serializable;

/**
 * How much is sampled and how it is used, named as in TRL where it has a name.
 *
 * @param generationBatchSize completions that are sampled before weights change, a multiple of the
 *     group's size
 * @param stepsPerGeneration updates that those are cut into
 * @param numIterations times that they are gone through
 * @param gradientShards logical parts of an update whose gradients are summed in a fixed tree; part
 *     of what a run computes, since it rounds its numbers, and at least the number of workers
 * @param microBatchSize completions that are differentiated at once: whole groups side by side, or
 *     a part of one
 */
public record BatchSettings(
    int generationBatchSize,
    int stepsPerGeneration,
    int numIterations,
    int gradientShards,
    int microBatchSize)
    implements Serializable {

  /** One update per batch of eight groups of eight. */
  public static final BatchSettings DEFAULT = new BatchSettings(64, 1, 1, 1, 8);

  /** Rejects sizes below 1. */
  public BatchSettings {
    require("generation_batch_size", generationBatchSize);
    require("steps_per_generation", stepsPerGeneration);
    require("num_iterations", numIterations);
    require("gradient_shards", gradientShards);
    require("micro_batch_size", microBatchSize);
  }

  private static void require(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1 but was %d".formatted(key, value));
    }
  }

  /** Optimizer steps for one generation batch. */
  public int updatesPerBatch() {
    return stepsPerGeneration * numIterations;
  }
}
