package org.sightmill.trainer.loss;

import ai.djl.ndarray.NDArray;
import java.util.Objects;

/**
 * What the loss is computed from; B completions of up to T tokens.
 *
 * @param logProbs under the policy [B, T]
 * @param oldLogProbs under the policy that sampled [B, T]
 * @param referenceLogProbs under the reference [B, T]; the loss ignores it where beta is 0
 * @param mask 1 for tokens that count, 0 for padding [B, T]
 * @param advantages of the completions [B]
 * @param entropies of the policy at each token [B, T], for the metrics
 */
public record GrpoInputs(
    NDArray logProbs,
    NDArray oldLogProbs,
    NDArray referenceLogProbs,
    NDArray mask,
    NDArray advantages,
    NDArray entropies) {

  /** Checks that shapes agree. */
  public GrpoInputs {
    for (NDArray other : new NDArray[] {oldLogProbs, referenceLogProbs, mask, entropies}) {
      if (!Objects.equals(other.getShape(), logProbs.getShape())) {
        throw new IllegalArgumentException(
            "log-probabilities have shape %s but another input has %s"
                .formatted(logProbs.getShape(), other.getShape()));
      }
    }
    if (advantages.getShape().dimension() != 1
        || advantages.getShape().get(0) != logProbs.getShape().get(0)) {
      throw new IllegalArgumentException(
          "%s log-probabilities need one advantage per row, not %s"
              .formatted(logProbs.getShape(), advantages.getShape()));
    }
  }
}
