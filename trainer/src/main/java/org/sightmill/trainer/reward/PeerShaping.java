package org.sightmill.trainer.reward;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which of the peers' shaping rewards are added, each with a weight; one that is missing is off.
 *
 * @param weights the weight of each that is on
 * @param maxTokens the length limit of {@link Kind#COSINE}, above 0
 * @param ends the ends of {@link Kind#COSINE}
 */
public record PeerShaping(Map<Kind, Double> weights, int maxTokens, LengthShaping.Cosine ends)
    implements Serializable {

  /** Nothing is added: the paper's setting. */
  public static final PeerShaping NONE = new PeerShaping(Map.of(), 1, LengthShaping.Cosine.DEFAULT);

  /** The shaping rewards there are. */
  public enum Kind {
    /** Short right ones and long wrong ones earn most: {@link LengthShaping#cosineOfCorrect}. */
    COSINE("cosine"),
    /** Shorter than the others of the sample: {@link LengthShaping#kimi}. */
    LENGTH("length"),
    /** Visible steps: {@link FormShaping#reasoningSteps}. */
    STEPS("steps"),
    /** Tags with their line breaks: {@link FormShaping#tagCount}. */
    TAGS("tags");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in the configuration and in the log. */
    public String label() {
      return label;
    }
  }

  /** Copies the weights; rejects one that is not finite and a limit below 1. */
  public PeerShaping {
    weights = weights.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(weights));
    weights.forEach((kind, weight) -> RewardSettings.requireFinite(kind.label(), weight));
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be positive but was " + maxTokens);
    }
  }

  boolean has(Kind kind) {
    return weights.containsKey(kind);
  }

  /** The value of one that looks at a single completion, before its weight. */
  double value(Kind kind, RewardRequest request, boolean right) {
    return switch (kind) {
      case COSINE ->
          right
              ? LengthShaping.cosineOfCorrect(request.tokens(), maxTokens, ends)
              : LengthShaping.cosineOfWrong(request.tokens(), maxTokens, ends);
      case STEPS -> FormShaping.reasoningSteps(request.completion());
      case TAGS -> FormShaping.tagCount(request.completion());
      case LENGTH -> 0;
    };
  }
}
