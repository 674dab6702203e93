package org.sightmill.jobs.train;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.Shuffles;
import org.sightmill.trainer.data.VisualSample;

/**
 * Rows to train on, rows held out, and where their pictures are.
 *
 * @param counts what became of the source's other rows
 */
public record TrainingSamples(
    List<VisualSample> training,
    List<VisualSample> heldOut,
    PictureSource pictures,
    LeftOut counts) {

  /**
   * Rows that are neither trained on nor held out.
   *
   * @param unusable those without question or answer, or of an unknown answer type
   * @param seenLater those that {@code data.without} names: RL sees them
   * @param otherSources those of sources that {@code data.sources} does not name
   */
  public record LeftOut(long unusable, long seenLater, long otherSources) {
    /** Every row is used. */
    static final LeftOut NONE = new LeftOut(0, 0, 0);
  }

  /** Copies the lists. */
  public TrainingSamples {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /** Keeps {@code heldOut} rows apart, chosen by the seed; at most half of all. */
  static TrainingSamples split(
      List<VisualSample> all, int heldOut, long seed, PictureSource pictures, LeftOut leftOut) {
    int kept = Math.min(heldOut, all.size() / 2);
    int[] order = Shuffles.order(seed, Long.MAX_VALUE, all.size());
    List<VisualSample> training = new ArrayList<>();
    List<VisualSample> apart = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (i < kept ? apart : training).add(all.get(order[i]));
    }
    return new TrainingSamples(training, apart, pictures, leftOut);
  }
}
