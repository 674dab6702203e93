package org.sightmill.trainer.grpo;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.data.Shuffles;

/**
 * Decides which samples a step takes and with which seeds, from the run's seed and the position in
 * its data alone, so that a step that is resumed or done elsewhere is the same step. Every pass
 * over the data has its own order.
 */
public final class StepPlanner {
  private final long seed;
  private final int samples;
  private final int generations;
  private long shuffledEpoch = -1;
  private int[] order = {};

  /** A planner over a data set of at least one sample. */
  public StepPlanner(long seed, int samples, int generations) {
    if (samples < 1) {
      throw new IllegalArgumentException("there is no sample to train on");
    }
    this.seed = seed;
    this.samples = samples;
    this.generations = generations;
  }

  /** The groups at {@code count} positions from {@code first} on. */
  public List<GroupPlan> groups(long first, int count) {
    List<GroupPlan> groups = new ArrayList<>(count);
    for (long position = first; position < first + count; position++) {
      groups.add(new GroupPlan(position, sample(position), seeds(position)));
    }
    return groups;
  }

  private int sample(long position) {
    long epoch = position / samples;
    if (epoch != shuffledEpoch) {
      order = Shuffles.order(seed, epoch, samples);
      shuffledEpoch = epoch;
    }
    return order[(int) (position % samples)];
  }

  private long[] seeds(long position) {
    long[] seeds = new long[generations];
    for (int i = 0; i < generations; i++) {
      seeds[i] = Shuffles.mix(seed, position, i);
    }
    return seeds;
  }
}
