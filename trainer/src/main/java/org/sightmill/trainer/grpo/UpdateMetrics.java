package org.sightmill.trainer.grpo;

import java.util.Map;
import org.sightmill.trainer.loss.GrpoResult;
import org.sightmill.trainer.update.MetricSums;

/** Metrics of one micro-batch, joined so that the whole update's are means over its tokens. */
final class UpdateMetrics {
  private final MetricSums sums;
  private final float[] mask;
  private final double tokens;

  UpdateMetrics(MetricSums sums, float[] mask) {
    this.sums = sums;
    this.mask = mask;
    double count = 0;
    for (float cell : mask) {
      count += cell;
    }
    this.tokens = count;
  }

  void loss(GrpoResult result) {
    sums.sum("loss", result.loss());
    for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
      String name = metric.getKey();
      if (name.equals("clip_ratio/low_min")) {
        sums.least(name, metric.getValue());
      } else if (name.equals("clip_ratio/high_max")) {
        sums.greatest(name, metric.getValue());
      } else if (!name.equals("kl")) { // measured below, in double precision
        sums.mean(name, metric.getValue(), tokens);
      }
    }
  }

  /** The mean over tokens of the divergence from the reference. */
  void divergence(float[] logProbs, float[] reference, KlSettings kl) {
    if (!kl.needsReference()) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < mask.length; i++) {
      sum += mask[i] > 0 ? kl.klEstimator().of(logProbs[i], reference[i]) : 0;
    }
    sums.mean("kl", sum / Math.max(1, tokens), tokens);
  }
}
