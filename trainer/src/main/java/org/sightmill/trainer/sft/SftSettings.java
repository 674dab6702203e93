package org.sightmill.trainer.sft;

import java.io.Serializable;

/**
 * How samples become optimizer steps.
 *
 * @param batchSize samples of a step, however they are cut below
 * @param maxTokensPerBatch tokens, padding included, that are differentiated at once
 * @param gradientShards logical parts of a step whose gradients are summed in a fixed tree
 * @param maxLength tokens of prompt and reply; longer samples are counted rejects
 */
public record SftSettings(int batchSize, int maxTokensPerBatch, int gradientShards, int maxLength)
    implements Serializable {

  /** The paper's batch; the other values are ours. */
  public static final SftSettings DEFAULT = new SftSettings(128, 8192, 1, 4096);

  /** Rejects sizes below 1. */
  public SftSettings {
    require("batch_size", batchSize);
    require("max_tokens_per_batch", maxTokensPerBatch);
    require("gradient_shards", gradientShards);
    require("max_length", maxLength);
  }

  private static void require(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1 but was %d".formatted(key, value));
    }
  }
}
