package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.update.TrainingFailedException;

/**
 * Samples generation batches along the run's sequence of prompts. Rows that can't be used, and
 * groups that teach nothing where they are to be resampled, give way to the next rows, a bounded
 * number of times.
 */
final class GenerationSource {
  private final List<VisualSample> samples;
  private final GrpoSetup setup;
  private final StepPlanner planner;
  private final Crew crew;
  private long position;

  GenerationSource(List<VisualSample> samples, GrpoSetup setup, long seed, Crew crew) {
    this.samples = samples;
    this.setup = setup;
    this.planner = new StepPlanner(seed, samples.size(), setup.rollout().numGenerations());
    this.crew = crew;
  }

  /** The next place in the sequence of prompts. */
  long position() {
    return position;
  }

  /** Goes on from a place. */
  void position(long next) {
    position = next;
  }

  /** Samples a step's groups; fewer than wanted where the rounds did not suffice. */
  GenerationBatch next() {
    List<GroupRollouts> all = new ArrayList<>();
    List<GroupRollouts> kept = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    int wanted = setup.groupsPerStep();
    int rounds = 0;
    do {
      for (GroupRollouts group : roll(wanted - filled(all, kept))) {
        group.rejection().ifPresentOrElse(rejected::add, () -> all.add(group));
        if (group.rejection().isEmpty() && isKept(group)) {
          kept.add(group);
        }
      }
    } while (asksForMore(all, kept, rounds++));
    if (all.isEmpty()) {
      throw new TrainingFailedException(
          "none of %d rows can be used: %s".formatted(rejected.size(), rejected));
    }
    return new GenerationBatch(
        all, kept, rejected, Math.max(0, all.size() + rejected.size() - wanted));
  }

  private boolean asksForMore(List<GroupRollouts> all, List<GroupRollouts> kept, int rounds) {
    return filled(all, kept) < setup.groupsPerStep()
        && rounds < setup.advantage().maxResampleRounds();
  }

  /** Places that need no other prompt: a dropped group's stays empty. */
  private int filled(List<GroupRollouts> all, List<GroupRollouts> kept) {
    boolean drops = setup.advantage().zeroVarianceGroups() == AdvantageSettings.ZeroVariance.DROP;
    return drops ? all.size() : kept.size();
  }

  private boolean isKept(GroupRollouts group) {
    return setup.advantage().zeroVarianceGroups() == AdvantageSettings.ZeroVariance.KEEP
        || !Advantages.isFlat(group.rewards());
  }

  private List<GroupRollouts> roll(int count) {
    List<GroupTask> tasks = new ArrayList<>();
    for (GroupPlan plan : planner.groups(position, count)) {
      tasks.add(new GroupTask(plan, samples.get(plan.sampleIndex())));
    }
    position += count;
    List<List<GroupTask>> batches = new ArrayList<>();
    int size = setup.rollout().groupsPerBatch();
    for (int from = 0; from < tasks.size(); from += size) {
      batches.add(List.copyOf(tasks.subList(from, Math.min(tasks.size(), from + size))));
    }
    return crew.roll(batches);
  }
}
