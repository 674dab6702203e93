package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightmill.trainer.data.Shuffles;

/**
 * Rewards to advantages: A = (R - mean of the group) / (s + 1e-4), s by {@link
 * AdvantageSettings.Scale}, standard deviations with one degree of freedom less, as TRL does.
 */
final class Advantages {
  /** Keeps a group of equal rewards from a division by zero. */
  private static final double EPSILON = 1e-4;

  private Advantages() {}

  /** One array per group, in the groups' order. */
  static List<double[]> of(List<double[]> rewards, AdvantageSettings.Scale scale) {
    double batch = deviation(rewards.stream().flatMapToDouble(Arrays::stream).toArray());
    List<double[]> advantages = new ArrayList<>();
    for (double[] group : rewards) {
      double divisor =
          switch (scale) {
            case GROUP -> deviation(group) + EPSILON;
            case BATCH -> batch + EPSILON;
            case NONE -> 1;
          };
      double mean = mean(group);
      advantages.add(Arrays.stream(group).map(reward -> (reward - mean) / divisor).toArray());
    }
    return advantages;
  }

  /** The same rewards, each at another place of the whole batch, in groups of the same sizes. */
  static List<double[]> shuffled(List<double[]> rewards, long seed, long step) {
    double[] all = rewards.stream().flatMapToDouble(Arrays::stream).toArray();
    int[] order = Shuffles.order(seed, step, all.length);
    List<double[]> shuffled = new ArrayList<>();
    int next = 0;
    for (double[] group : rewards) {
      double[] dealt = new double[group.length];
      for (int i = 0; i < dealt.length; i++) {
        dealt[i] = all[order[next++]];
      }
      shuffled.add(dealt);
    }
    return shuffled;
  }

  /** Whether all rewards are equal, so that every advantage is 0. */
  static boolean isFlat(double[] rewards) {
    return Arrays.stream(rewards).allMatch(reward -> reward == rewards[0]);
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /** With n - 1; 0 for fewer than two values. */
  static double deviation(double[] values) {
    if (values.length < 2) {
      return 0;
    }
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
