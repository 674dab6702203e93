package org.sightmill.trainer.grpo;

import java.io.Serializable;
import java.util.Objects;
import org.sightmill.trainer.data.VisualSample;

/** A planned group with its row: all that a worker needs besides its policy. */
public record GroupTask(GroupPlan plan, VisualSample sample) implements Serializable {

  /** Rejects null. */
  public GroupTask {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(sample, "sample");
  }
}
