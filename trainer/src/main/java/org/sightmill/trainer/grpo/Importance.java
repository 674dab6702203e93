package org.sightmill.trainer.grpo;

import java.util.Arrays;
import org.sightmill.trainer.update.MetricSums;

/** How far the training forward is from the decoder that sampled, and what is done about it. */
final class Importance {
  private final MicroBatch batch;
  private final float[] mask;
  private final float[] difference;

  /** The first array holds log-probabilities [B, T] by the training forward. */
  Importance(MicroBatch batch, float[] trained, float[] mask) {
    this.batch = batch;
    this.mask = mask;
    float[] sampled = batch.sampled();
    this.difference = new float[sampled.length];
    for (int i = 0; i < sampled.length; i++) {
      difference[i] = mask[i] > 0 ? trained[i] - sampled[i] : 0;
    }
  }

  /** What each token's loss is multiplied by [B, T]. */
  float[] weights(ObjectiveSettings settings) {
    float[] weights = new float[difference.length];
    Arrays.fill(weights, 1);
    for (int row = 0; row < batch.rows(); row++) {
      double whole = sequence(row);
      for (int i = row * batch.width(); i < (row + 1) * batch.width(); i++) {
        weights[i] =
            switch (settings.importanceCorrection()) {
              case NONE -> 1;
              case TOKEN_TRUNCATE -> bounded(difference[i], settings);
              case SEQUENCE_TRUNCATE -> bounded(whole, settings);
            };
      }
    }
    return weights;
  }

  private double sequence(int row) {
    double sum = 0;
    for (int i = row * batch.width(); i < (row + 1) * batch.width(); i++) {
      sum += difference[i];
    }
    return sum;
  }

  private static float bounded(double logRatio, ObjectiveSettings settings) {
    return (float) Math.min(Math.exp(logRatio), settings.importanceClipMax());
  }

  /** TRL's metrics of the mismatch. */
  void measure(MetricSums metrics) {
    double tokens = 0;
    double differences = 0;
    double ratios = 0;
    for (int i = 0; i < difference.length; i++) {
      if (mask[i] > 0) {
        double ratio = Math.exp(difference[i]);
        tokens++;
        differences += Math.abs(difference[i]);
        ratios += ratio;
        metrics.greatest("sampling/sampling_logp_difference/max", Math.abs(difference[i]));
        metrics.least("sampling/importance_sampling_ratio/min", ratio);
        metrics.greatest("sampling/importance_sampling_ratio/max", ratio);
      }
    }
    if (tokens > 0) {
      metrics.mean("sampling/sampling_logp_difference/mean", differences / tokens, tokens);
      metrics.mean("sampling/importance_sampling_ratio/mean", ratios / tokens, tokens);
    }
  }
}
