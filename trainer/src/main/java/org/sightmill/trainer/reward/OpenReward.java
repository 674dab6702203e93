package org.sightmill.trainer.reward;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The reward of free answers by an absolute scorer. The reference is scored once per sample. */
final class OpenReward {
  /**
   * References whose scores are kept; all go when there are more, as groups come sample by sample.
   */
  private static final int MAX_REFERENCES = 8_192;

  private final OpenScorer scorer;
  private final double beta;
  private final RewardCounts counts;
  private final Map<String, Double> references = new ConcurrentHashMap<>();
  private volatile String lastFailure;

  OpenReward(OpenScorer scorer, double beta, RewardCounts counts) {
    this.scorer = scorer;
    this.beta = beta;
    this.counts = counts;
  }

  /** What the scorer said when it last gave no score. */
  Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Lets the scorer begin. */
  void expect(RewardRequest request, String answer) {
    scorer.expect(request, answer);
    if (!references.containsKey(request.sampleId())) {
      scorer.expect(request, request.gold());
    }
  }

  void close() {
    scorer.close();
  }

  double reward(RewardRequest request, String answer) {
    return Shaping.openEnded(score(request, answer), reference(request), beta);
  }

  private double reference(RewardRequest request) {
    if (references.size() > MAX_REFERENCES) {
      references.clear();
    }
    // A failed score is null and not remembered: the sample's next completion may have more luck.
    Double known = references.computeIfAbsent(request.sampleId(), id -> finite(request));
    return known == null ? Double.NaN : known;
  }

  private Double finite(RewardRequest request) {
    double score = score(request, request.gold());
    return Double.isFinite(score) ? score : null;
  }

  private double score(RewardRequest request, String answer) {
    try {
      double score = scorer.score(request, answer);
      if (!Double.isFinite(score)) {
        lastFailure = "it scored " + score;
        counts.add("score_not_finite");
      }
      return score;
    } catch (RuntimeException e) {
      // One lost score must not lose the group: it earns nothing and shows in the counts.
      lastFailure = String.valueOf(e.getMessage());
      counts.add("scorer_failed");
      return Double.NaN;
    }
  }
}
