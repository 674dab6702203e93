package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sightmill.trainer.metric.RolloutRow;

/** Groups as rows of the rollouts' table. */
final class RolloutRows {
  private RolloutRows() {}

  /** All groups with rollouts; those that train bring their advantages. */
  static List<RolloutRow> of(long step, List<GroupRollouts> groups, List<TrainGroup> training) {
    Map<GroupRollouts, double[]> advantages = new IdentityHashMap<>();
    training.forEach(group -> advantages.put(group.rolled(), group.advantages()));
    List<RolloutRow> rows = new ArrayList<>();
    for (GroupRollouts group : groups) {
      for (int i = 0; i < group.rollouts().size(); i++) {
        double[] own = advantages.get(group);
        rows.add(row(step, group, i, own == null ? Double.NaN : own[i]));
      }
    }
    return rows;
  }

  private static RolloutRow row(long step, GroupRollouts group, int index, double advantage) {
    Rollout rollout = group.rollouts().get(index);
    return new RolloutRow(
        step,
        group.task().sample().sampleId(),
        rollout.text(),
        rollout.tokens().length,
        rollout.reward(),
        rollout.rewardParts(),
        advantage,
        rollout.finish().name().toLowerCase(Locale.ROOT),
        group.policyVersion(),
        group.task().plan().seeds()[index],
        group.host(),
        group.device());
  }
}
