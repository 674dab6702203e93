package org.sightmill.jobs.train;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.Shuffles;
import org.sightmill.trainer.data.VisualSample;

/**
 * Rows to train on, rows held out, and where their pictures are.
 *
 * @param skipped rows of the source that can't be used, such as those of an unknown answer type
 */
public record TrainingSamples(
    List<VisualSample> training, List<VisualSample> heldOut, PictureSource pictures, long skipped) {

  /** Copies the lists. */
  public TrainingSamples {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /** Keeps {@code heldOut} rows apart, chosen by the seed; at most half of all. */
  static TrainingSamples split(
      List<VisualSample> all, int heldOut, long seed, PictureSource pictures, long skipped) {
    int kept = Math.min(heldOut, all.size() / 2);
    int[] order = Shuffles.order(seed, Long.MAX_VALUE, all.size());
    List<VisualSample> training = new ArrayList<>();
    List<VisualSample> apart = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (i < kept ? apart : training).add(all.get(order[i]));
    }
    return new TrainingSamples(training, apart, pictures, skipped);
  }
}
