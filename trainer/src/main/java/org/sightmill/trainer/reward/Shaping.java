package org.sightmill.trainer.reward;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The formulas of the reward, as pure functions. */
public final class Shaping {
  private Shaping() {}

  /**
   * The open-ended reward of the paper: {@code 1 - exp(-(score - reference) beta)} where the answer
   * scores better than the reference, else 0. Scores that are not finite give 0.
   */
  public static double openEnded(double score, double reference, double beta) {
    if (!Double.isFinite(score) || !Double.isFinite(reference) || score <= reference) {
      return 0;
    }
    return -Math.expm1(-(score - reference) * beta);
  }

  /** The penalty for length, in [-1, 0]. */
  public static double overlong(int tokens, RewardSettings.Overlong overlong) {
    int over = tokens - (overlong.maxTokens() - overlong.bufferTokens());
    if (over <= 0) {
      return 0;
    }
    return Math.max(-1, -(double) over / overlong.bufferTokens());
  }

  /** The penalty for repetition: the share of repeated n-grams times the largest penalty. */
  public static double repetition(String text, RewardSettings.Repetition repetition) {
    String[] words = text.toLowerCase(Locale.ROOT).strip().split("\\s+");
    int grams = words.length - repetition.words() + 1;
    if (text.isBlank() || grams < 1) {
      return 0;
    }
    Set<String> unique = new HashSet<>();
    for (int i = 0; i < grams; i++) {
      unique.add(
          String.join(" ", java.util.Arrays.asList(words).subList(i, i + repetition.words())));
    }
    return (1 - (double) unique.size() / grams) * repetition.maxPenalty() + 0.0;
  }
}
