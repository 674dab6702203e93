package org.sightmill.trainer.reward;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * How rewards are mixed.
 *
 * @param weights the weight of each answer type's function; a type that is missing weighs 1
 * @param ownWeights the weight of each function of one's own, by name; one that is missing is off
 * @param beta slope of the open-ended reward, above 0
 * @param overlong shaping by length, or null for none
 * @param repetition shaping by repetition, or null for none
 * @param peers the peers' other shaping rewards
 */
public record RewardSettings(
    Map<AnswerType, Double> weights,
    Map<String, Double> ownWeights,
    double beta,
    Overlong overlong,
    Repetition repetition,
    PeerShaping peers)
    implements Serializable {

  /** Slope of the open-ended reward; the paper gives no value. */
  public static final double DEFAULT_BETA = 1.0;

  /** The paper's setting: every function weighs 1, no shaping. */
  public static final RewardSettings DEFAULT =
      new RewardSettings(Map.of(), Map.of(), DEFAULT_BETA, null, null);

  /**
   * A penalty for completions near the length limit (DAPO): 0 up to {@code maxTokens -
   * bufferTokens}, then falling linearly to -1 at {@code maxTokens}.
   *
   * @param maxTokens the length limit
   * @param bufferTokens the width of the slope, at most the limit
   */
  public record Overlong(int maxTokens, int bufferTokens) implements Serializable {
    /** Rejects a buffer outside (0, maxTokens]. */
    public Overlong {
      if (bufferTokens <= 0 || bufferTokens > maxTokens) {
        throw new IllegalArgumentException(
            "bufferTokens must be in (0, %d] but was %d".formatted(maxTokens, bufferTokens));
      }
    }
  }

  /**
   * A penalty for repeated n-grams of words.
   *
   * @param words the length of an n-gram
   * @param maxPenalty the penalty when nothing but repetition is left, at most 0
   */
  public record Repetition(int words, double maxPenalty) implements Serializable {
    /** Rejects an n-gram of no words and a positive penalty. */
    public Repetition {
      if (words < 1 || !(maxPenalty <= 0)) {
        throw new IllegalArgumentException(
            "words must be positive and maxPenalty at most 0 but were %d and %s"
                .formatted(words, maxPenalty));
      }
    }
  }

  /** Settings without the peers' other shaping. */
  public RewardSettings(
      Map<AnswerType, Double> weights,
      Map<String, Double> ownWeights,
      double beta,
      Overlong overlong,
      Repetition repetition) {
    this(weights, ownWeights, beta, overlong, repetition, PeerShaping.NONE);
  }

  /** Copies the maps; rejects a beta that is not positive and weights that are not finite. */
  public RewardSettings {
    weights = weights.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(weights));
    ownWeights = Map.copyOf(ownWeights);
    if (!(beta > 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("beta must be positive and finite but was " + beta);
    }
    weights.forEach((type, weight) -> requireFinite(type.label(), weight));
    ownWeights.forEach(RewardSettings::requireFinite);
  }

  static void requireFinite(String name, double weight) {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("the weight of %s must be finite".formatted(name));
    }
  }

  double weight(AnswerType type) {
    return weights.getOrDefault(type, 1.0);
  }
}
