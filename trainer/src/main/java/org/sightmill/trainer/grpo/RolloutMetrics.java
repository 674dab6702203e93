package org.sightmill.trainer.grpo;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sightmill.trainer.update.MetricSums;

/** What a generation batch looks like, by TRL's names. */
final class RolloutMetrics {
  private RolloutMetrics() {}

  /** Metrics of groups with rollouts. */
  static Map<String, Double> of(List<GroupRollouts> groups) {
    List<Rollout> all = groups.stream().flatMap(group -> group.rollouts().stream()).toList();
    Map<String, Double> metrics = new TreeMap<>();
    lengths(metrics, "completions/%s_length", lengths(all));
    lengths(
        metrics,
        "completions/%s_terminated_length",
        lengths(all.stream().filter(rollout -> !rollout.isTruncated()).toList()));
    metrics.put(
        "completions/clipped_ratio",
        all.stream().mapToDouble(rollout -> rollout.isTruncated() ? 1 : 0).average().orElse(0));
    double[] rewards = all.stream().mapToDouble(Rollout::reward).toArray();
    metrics.put("reward", Advantages.mean(rewards));
    metrics.put("reward_std", Advantages.deviation(rewards));
    metrics.put(
        "frac_reward_zero_std",
        groups.stream()
            .mapToDouble(group -> Advantages.isFlat(group.rewards()) ? 1 : 0)
            .average()
            .orElse(0));
    metrics.put("frac_distinct_completions", distinct(groups));
    metrics.put("timing_s/reward", groups.stream().mapToDouble(GroupRollouts::rewardSeconds).sum());
    parts(metrics, all);
    MetricSums reflections = new MetricSums();
    all.forEach(rollout -> ReflectionCounts.count(rollout.text(), reflections));
    metrics.putAll(reflections.results());
    return metrics;
  }

  private static double[] lengths(List<Rollout> rollouts) {
    return rollouts.stream().mapToDouble(rollout -> rollout.tokens().length).toArray();
  }

  private static void lengths(Map<String, Double> metrics, String name, double[] lengths) {
    metrics.put(name.formatted("mean"), Advantages.mean(lengths));
    metrics.put(name.formatted("min"), java.util.Arrays.stream(lengths).min().orElse(0));
    metrics.put(name.formatted("max"), java.util.Arrays.stream(lengths).max().orElse(0));
  }

  /** Sampling that always says the same shows here first. */
  private static double distinct(List<GroupRollouts> groups) {
    return groups.stream()
        .mapToDouble(
            group -> {
              Set<String> texts = new HashSet<>();
              group.rollouts().forEach(rollout -> texts.add(rollout.text()));
              return (double) texts.size() / group.rollouts().size();
            })
        .average()
        .orElse(0);
  }

  /** Each part over the completions that have it. */
  private static void parts(Map<String, Double> metrics, List<Rollout> rollouts) {
    Set<String> names = new HashSet<>();
    rollouts.forEach(rollout -> names.addAll(rollout.rewardParts().keySet()));
    for (String name : names) {
      double[] values =
          rollouts.stream()
              .filter(rollout -> rollout.rewardParts().containsKey(name))
              .mapToDouble(rollout -> rollout.rewardParts().get(name))
              .toArray();
      metrics.put("rewards/" + name + "/mean", Advantages.mean(values));
      metrics.put("rewards/" + name + "/std", Advantages.deviation(values));
    }
  }
}
