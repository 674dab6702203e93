package org.sightmill.trainer.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Low-rank adapters on decoder projections: {@code W x + alpha / rank * B (A x)}, with A drawn at
 * random and B zero at the start (Hu et al. 2021, section 4.1).
 *
 * @param rank inner width
 * @param alpha scale, divided by the rank
 * @param targets projections that get an adapter
 */
public record LoraConfig(int rank, double alpha, Set<LoraTarget> targets) {

  /** Rejects a rank or scale that is not positive, and an empty choice of targets. */
  public LoraConfig {
    if (rank < 1 || !(alpha > 0) || targets.isEmpty()) {
      throw new IllegalArgumentException(
          "LoRA needs a rank of at least 1, a positive alpha and a target, but has rank %d, alpha %s, targets %s"
              .formatted(rank, alpha, targets));
    }
    targets = EnumSet.copyOf(targets);
  }

  /** What the adapter's product is multiplied by. */
  public double scale() {
    return alpha / rank;
  }
}
