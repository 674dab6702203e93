package org.sightmill.trainer.reward;

import java.util.Map;
import java.util.TreeMap;
import org.sightmill.pipeline.answer.Verdict;

/**
 * What one completion earned.
 *
 * @param total the weighted sum with shaping; finite
 * @param parts each part by name, before its weight, for the log
 * @param verdict how the answer was judged
 * @param extracted the answer that was read, or null
 * @param reason one sentence for a person
 */
public record Reward(
    double total, Map<String, Double> parts, Verdict verdict, String extracted, String reason) {

  /** Copies the parts; rejects a total that is not finite. */
  public Reward {
    parts = Map.copyOf(parts);
    if (!Double.isFinite(total)) {
      throw new IllegalArgumentException("a reward must be finite but was " + total);
    }
  }

  /** This reward with a part more, in place of one by that name that was 0. */
  Reward with(String name, double value, double weight) {
    Map<String, Double> more = new TreeMap<>(parts);
    more.put(name, value);
    return new Reward(total + weight * value, more, verdict, extracted, reason);
  }
}
