package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightmill.trainer.model.Prompt;

/**
 * Groups that go through the model side by side: their prompts are rows of one batch, and so are
 * their completions, group by group. Small tensors leave a processor idle, one group at a time.
 *
 * @param prompts one per group
 */
record GroupPack(List<Prompt> prompts, List<TrainGroup> groups) {

  /** Rejects a pack in which not every group has a prompt, or only some are scored. */
  GroupPack {
    if (prompts.size() != groups.size()) {
      throw new IllegalArgumentException(
          "%d groups have %d prompts".formatted(groups.size(), prompts.size()));
    }
    long scored = groups.stream().filter(group -> group.scores() != null).count();
    if (scored != 0 && scored != groups.size()) {
      throw new IllegalArgumentException(
          "%d of %d groups have log-probabilities of before the first update: all or none must"
              .formatted(scored, groups.size()));
    }
    prompts = List.copyOf(prompts);
    groups = List.copyOf(groups);
  }

  /** A single group, of which nothing is known yet but its completions. */
  static GroupPack unscored(Prompt prompt, GroupRollouts group) {
    return new GroupPack(List.of(prompt), List.of(new TrainGroup(group, new double[0], null)));
  }

  /**
   * Cuts groups, in order, into runs of together at most {@code completions}; a group that alone
   * has more is a run of its own.
   */
  static List<List<TrainGroup>> cut(List<TrainGroup> groups, int completions) {
    List<List<TrainGroup>> runs = new ArrayList<>();
    int first = 0;
    int taken = 0;
    for (int i = 0; i < groups.size(); i++) {
      int more = groups.get(i).rolled().rollouts().size();
      if (i > first && taken + more > completions) {
        runs.add(groups.subList(first, i));
        first = i;
        taken = 0;
      }
      taken += more;
    }
    if (first < groups.size()) {
      runs.add(groups.subList(first, groups.size()));
    }
    return runs;
  }

  /** All completions. */
  List<Rollout> rollouts() {
    return groups.stream().flatMap(group -> group.rolled().rollouts().stream()).toList();
  }

  /** For each completion which prompt it continues. */
  int[] owners() {
    int[] owners = new int[rollouts().size()];
    int at = 0;
    for (int i = 0; i < groups.size(); i++) {
      int rows = groups.get(i).rolled().rollouts().size();
      Arrays.fill(owners, at, at + rows, i);
      at += rows;
    }
    return owners;
  }

  /** For each completion its advantage. */
  double[] advantages() {
    return groups.stream().flatMapToDouble(group -> Arrays.stream(group.advantages())).toArray();
  }

  /** Whether all log-probabilities from before the first update are known. */
  boolean isScored() {
    return !groups.isEmpty() && groups.get(0).scores() != null;
  }

  /** Those scores, a row per completion. */
  GroupScores scores() {
    boolean references = groups.stream().allMatch(group -> group.scores().reference() != null);
    return new GroupScores(
        groups.stream()
            .flatMap(group -> Arrays.stream(group.scores().policy()))
            .toArray(float[][]::new),
        references
            ? groups.stream()
                .flatMap(group -> Arrays.stream(group.scores().reference()))
                .toArray(float[][]::new)
            : null);
  }
}
