package org.sightmill.trainer.grpo;

import java.io.Serializable;
import java.util.Set;
import org.sightmill.trainer.generate.SamplingSettings;

/**
 * How completions are sampled, named as in TRL.
 *
 * @param numGenerations completions of a group, at least 2: a group of one has no advantage
 * @param temperature above 0; also divides the logits wherever log-probabilities are taken
 * @param topP likeliest tokens that together have this probability are kept, 1 for all
 * @param topK this many tokens are kept, 0 for all
 * @param minP tokens with this share of the likeliest one's probability are kept, 0 for all
 * @param repetitionPenalty 1 for none
 * @param maxCompletionLength tokens
 * @param groupsPerBatch groups that are sampled side by side; part of what a run computes, since
 *     the shape of a batch rounds its numbers
 */
public record RolloutSettings(
    int numGenerations,
    double temperature,
    double topP,
    int topK,
    double minP,
    double repetitionPenalty,
    int maxCompletionLength,
    int groupsPerBatch)
    implements Serializable {

  /** TRL's, with the whole distribution. */
  public static final RolloutSettings DEFAULT = new RolloutSettings(8, 1, 1, 0, 0, 1, 256, 1);

  /** Rejects a group of one and values out of range. */
  public RolloutSettings {
    if (numGenerations < 2) {
      throw new IllegalArgumentException(
          "num_generations must be at least 2, since advantages compare the completions of a group,"
              + " but was "
              + numGenerations);
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be above 0 but was " + temperature);
    }
    if (groupsPerBatch < 1) {
      throw new IllegalArgumentException(
          "groups_per_batch must be at least 1 but was " + groupsPerBatch);
    }
    new SamplingSettings(
        temperature, topK, topP, minP, repetitionPenalty, maxCompletionLength, Set.of(), Set.of());
  }

  SamplingSettings sampling(int stopToken) {
    return new SamplingSettings(
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        maxCompletionLength,
        Set.of(stopToken),
        Set.of());
  }
}
