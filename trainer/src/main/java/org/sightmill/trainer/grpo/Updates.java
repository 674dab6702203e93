package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.loss.LossNormaliser;

/** Cuts a generation batch into optimizer steps with their global normalisers. */
final class Updates {
  private final GrpoSetup setup;

  Updates(GrpoSetup setup) {
    this.setup = setup;
  }

  /** The groups of each update of one pass, none empty. */
  List<List<TrainGroup>> parts(List<TrainGroup> groups) {
    int count = Math.min(setup.batch().stepsPerGeneration(), groups.size());
    List<List<TrainGroup>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * groups.size() / count);
      int to = (int) ((long) (i + 1) * groups.size() / count);
      parts.add(groups.subList(from, to));
    }
    return parts;
  }

  /** Whether any token of these groups counts. */
  boolean hasTokens(List<TrainGroup> groups) {
    return counting(groups).stream().anyMatch(rollout -> rollout.tokens().length > 0);
  }

  /** Sequences are all completions, masked ones too, as in TRL; tokens are those that count. */
  LossNormaliser normaliser(List<TrainGroup> groups) {
    int sequences = groups.stream().mapToInt(group -> group.advantages().length).sum();
    long tokens = counting(groups).stream().mapToLong(rollout -> rollout.tokens().length).sum();
    int width =
        groups.stream()
            .flatMap(group -> group.rolled().rollouts().stream())
            .mapToInt(rollout -> rollout.tokens().length)
            .max()
            .orElse(1);
    return new LossNormaliser(
        sequences, Math.max(1, tokens), setup.rollout().maxCompletionLength(), width);
  }

  private List<Rollout> counting(List<TrainGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.rolled().rollouts().stream())
        .filter(rollout -> MicroBatch.counts(rollout, setup.objective()))
        .toList();
  }
}
