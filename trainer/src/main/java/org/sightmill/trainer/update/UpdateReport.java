package org.sightmill.trainer.update;

import java.io.Serializable;
import java.util.Objects;

/**
 * What became of one optimizer step.
 *
 * @param metrics of the shards together
 * @param gradientNorm before clipping; not finite where the step was skipped
 * @param weightHash of the weights after it, the same on every machine that took the step
 */
public record UpdateReport(MetricSums metrics, double gradientNorm, String weightHash)
    implements Serializable {

  /** Rejects null. */
  public UpdateReport {
    Objects.requireNonNull(metrics, "metrics");
    Objects.requireNonNull(weightHash, "weightHash");
  }

  /** Whether the step was left out because its gradients were no numbers. */
  public boolean isSkipped() {
    return !Double.isFinite(gradientNorm);
  }
}
