package org.sightmill.trainer.loss;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * @param loss this batch's share of the loss
 * @param gradient of the loss by the log-probabilities [B, T]
 * @param metrics by TRL's names: means over this batch
 */
public record GrpoResult(double loss, NDArray gradient, Map<String, Double> metrics) {

  /** Copies the metrics. */
  public GrpoResult {
    metrics = Map.copyOf(metrics);
  }
}
