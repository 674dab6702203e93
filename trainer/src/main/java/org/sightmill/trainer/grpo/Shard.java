package org.sightmill.trainer.grpo;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups whose gradients are gathered one after the other, always by one worker.
 *
 * @param index the leaf in {@link org.sightmill.trainer.update.FixedTree}
 */
public record Shard(int index, List<TrainGroup> groups) implements Serializable {

  /** Copies the list; rejects an empty one. */
  public Shard {
    groups = List.copyOf(groups);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("shard %d has no group".formatted(index));
    }
  }

  /**
   * Cuts groups into at most {@code shards} runs whose lengths differ by at most one; fewer where
   * there are fewer groups.
   */
  public static List<Shard> cut(List<TrainGroup> groups, int shards) {
    int count = Math.min(shards, groups.size());
    List<Shard> cut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * groups.size() / count);
      int to = (int) ((long) (i + 1) * groups.size() / count);
      cut.add(new Shard(i, groups.subList(from, to)));
    }
    return cut;
  }
}
