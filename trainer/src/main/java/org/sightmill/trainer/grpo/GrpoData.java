package org.sightmill.trainer.grpo;

import java.util.List;
import org.sightmill.trainer.data.VisualSample;

/** What is trained on, and what is only looked at. */
public record GrpoData(List<VisualSample> training, List<VisualSample> heldOut) {

  /** Copies; rejects an empty training part. */
  public GrpoData {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
    if (training.isEmpty()) {
      throw new IllegalArgumentException("there is no sample to train on");
    }
  }
}
