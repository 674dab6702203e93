package org.sightmill.trainer.grpo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.generate.StopReason;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.UpdateReport;

/** Gives made-up completions and takes note of what it is asked for; holds no weights. */
final class FakeCrew implements Crew {
  final List<UpdateTask> updates = new ArrayList<>();
  final List<Integer> scored = new ArrayList<>();
  int rolled;
  double gradientNorm = 1;

  private final Function<GroupTask, GroupRollouts> behaviour;

  FakeCrew(Function<GroupTask, GroupRollouts> behaviour) {
    this.behaviour = behaviour;
  }

  static GroupRollouts group(VisualSample sample, long position, double... rewards) {
    return group(
        new GroupTask(new GroupPlan(position, 0, new long[rewards.length]), sample),
        StopReason.STOP_TOKEN,
        rewards);
  }

  static GroupRollouts group(GroupTask task, StopReason finish, double... rewards) {
    List<Rollout> rollouts = new ArrayList<>();
    for (double reward : rewards) {
      rollouts.add(
          new Rollout(
              new int[] {1, 2},
              new float[] {-1, -1},
              finish,
              "Wait, I should check " + reward,
              reward,
              Map.of("digit", reward),
              "equal"));
    }
    return new GroupRollouts(task, rollouts, null, 0, "here", "cpu");
  }

  static GroupRollouts rejected(GroupTask task, String code) {
    return new GroupRollouts(task, List.of(), code, 0, "here", "cpu");
  }

  @Override
  public List<GroupRollouts> roll(List<List<GroupTask>> batches) {
    List<GroupTask> tasks = batches.stream().flatMap(List::stream).toList();
    rolled += tasks.size();
    return tasks.stream().map(behaviour).toList();
  }

  @Override
  public List<GroupScores> score(List<GroupRollouts> groups) {
    scored.add(groups.size());
    return groups.stream()
        .map(
            group -> {
              float[][] scores = new float[group.rollouts().size()][2];
              return new GroupScores(scores, scores);
            })
        .toList();
  }

  @Override
  public UpdateReport update(UpdateTask task) {
    updates.add(task);
    return new UpdateReport(new MetricSums(), gradientNorm, "hash");
  }

  @Override
  public void save(Path folder) {}

  @Override
  public void load(Path folder, long policyVersion) {}

  @Override
  public void export(Path folder) {}

  @Override
  public void close() {}
}
