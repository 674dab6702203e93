package org.sightmill.trainer.sft;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.data.VisualSample;

/**
 * The samples whose gradients are gathered one after the other, always by one worker.
 *
 * @param index the leaf in {@link org.sightmill.trainer.update.FixedTree}
 */
public record SftShard(int index, List<VisualSample> samples) implements Serializable {

  /** Copies the list. */
  public SftShard {
    samples = List.copyOf(samples);
  }

  /** Cuts samples into at most {@code shards} runs whose lengths differ by at most one. */
  public static List<SftShard> cut(List<VisualSample> samples, int shards) {
    int count = Math.min(shards, samples.size());
    List<SftShard> cut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * samples.size() / count);
      int to = (int) ((long) (i + 1) * samples.size() / count);
      cut.add(new SftShard(i, samples.subList(from, to)));
    }
    return cut;
  }
}
