package org.sightmill.trainer.reward;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Rewards that depend on the length of completions, as pure functions. None is part of the mixed
 * reward unless {@link PeerShaping} switches it on.
 */
public final class LengthShaping {
  private LengthShaping() {}

  /**
   * The ends of a cosine for right and for wrong completions, each pair from low to high.
   *
   * @param minWrong the reward of a wrong completion of length 0
   * @param maxWrong the reward of a wrong completion at the limit
   * @param minCorrect the reward of a right completion at the limit
   * @param maxCorrect the reward of a right completion of length 0
   */
  public record Cosine(double minWrong, double maxWrong, double minCorrect, double maxCorrect)
      implements Serializable {
    /** The values of open-r1. */
    public static final Cosine DEFAULT = new Cosine(-1, -0.5, 0.5, 1);

    /** Rejects ends that are not finite. */
    public Cosine {
      if (!Double.isFinite(minWrong + maxWrong + minCorrect + maxCorrect)) {
        throw new IllegalArgumentException(
            "the ends of the cosine must be finite but were %s, %s, %s and %s"
                .formatted(minWrong, maxWrong, minCorrect, maxCorrect));
      }
    }
  }

  /**
   * The cosine reward of open-r1 for a right completion: {@code minCorrect + (maxCorrect -
   * minCorrect) (1 + cos(pi length / maxLength)) / 2}, so short ones earn most. Not clamped, as
   * there: behind the limit the curve turns back.
   *
   * @param length at least 0, in the unit of {@code maxLength}
   * @param maxLength the limit, above 0
   */
  public static double cosineOfCorrect(int length, int maxLength, Cosine ends) {
    return between(ends.minCorrect(), ends.maxCorrect(), length, maxLength);
  }

  /**
   * The cosine reward of open-r1 for a wrong completion: {@code maxWrong + (minWrong - maxWrong) (1
   * + cos(pi length / maxLength)) / 2}, so short ones lose most. Not clamped, as there.
   *
   * @param length at least 0, in the unit of {@code maxLength}
   * @param maxLength the limit, above 0
   */
  public static double cosineOfWrong(int length, int maxLength, Cosine ends) {
    return between(ends.maxWrong(), ends.minWrong(), length, maxLength);
  }

  private static double between(double end, double start, int length, int maxLength) {
    if (length < 0 || maxLength <= 0) {
      throw new IllegalArgumentException(
          "length must be at least 0 and maxLength positive but were %d and %d"
              .formatted(length, maxLength));
    }
    return end + 0.5 * (start - end) * (1 + Math.cos(Math.PI * length / maxLength));
  }

  /**
   * The length reward of Kimi k1.5 over a group of completions: {@code 0.5 - (length - shortest) /
   * (longest - shortest)}, for wrong ones at most 0. A group of one length earns nothing.
   *
   * @param lengths the lengths of the group, any unit
   * @param correct whether each is right, as many as lengths
   * @return one value per completion, in order, in [-0.5, 0.5]
   */
  public static double[] kimi(int[] lengths, boolean[] correct) {
    if (lengths.length != correct.length) {
      throw new IllegalArgumentException(
          "%d lengths but %d verdicts".formatted(lengths.length, correct.length));
    }
    double[] rewards = new double[lengths.length];
    int shortest = Arrays.stream(lengths).min().orElse(0);
    double range = (double) Arrays.stream(lengths).max().orElse(0) - shortest;
    for (int i = 0; i < lengths.length && range > 0; i++) {
      double reward = 0.5 - ((double) lengths[i] - shortest) / range;
      rewards[i] = correct[i] ? reward : Math.min(0, reward);
    }
    return rewards;
  }
}
