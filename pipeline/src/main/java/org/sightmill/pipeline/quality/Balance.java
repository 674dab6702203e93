package org.sightmill.pipeline.quality;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;

/**
 * How many rows of each kind a split takes, so that no kind drowns the others.
 *
 * @param by what a kind is; null is the answer type
 * @param sftRows SFT rows in all, shared out evenly; what a small kind leaves goes to the others.
 *     Null for no bound
 * @param rlRows likewise for RL
 */
public record Balance(By by, Integer sftRows, Integer rlRows) {
  /** What a kind is. */
  public enum By {
    SOURCE,
    ANSWER_TYPE,
    /** Each answer type of each source. */
    SOURCE_AND_ANSWER_TYPE
  }

  /** Checks that there is a bound. */
  public Balance {
    by = by == null ? By.ANSWER_TYPE : by;
    new Checks()
        .that(sftRows != null || rlRows != null, "sft_rows or rl_rows is required")
        .that(sftRows == null || sftRows >= 0, "sft_rows must be at least 0 but was " + sftRows)
        .that(rlRows == null || rlRows >= 0, "rl_rows must be at least 0 but was " + rlRows)
        .orThrow();
  }

  /**
   * The share of each kind: equal ones, where a kind that has fewer rows gives up the rest to the
   * others. A remainder goes to the first by name.
   *
   * @param rows of each kind
   * @param wanted in all
   */
  public static SortedMap<String, Long> shares(Map<String, Long> rows, long wanted) {
    SortedMap<String, Long> shares = new TreeMap<>();
    SortedMap<String, Long> open = new TreeMap<>(rows);
    long left = wanted;
    while (!open.isEmpty()) {
      long each = left / open.size();
      SortedMap<String, Long> small = new TreeMap<>(open);
      small.values().removeIf(count -> count > each);
      if (small.isEmpty()) {
        long remainder = left - each * open.size();
        for (String kind : open.keySet()) {
          shares.put(kind, each + (remainder-- > 0 ? 1 : 0));
        }
        break;
      }
      shares.putAll(small);
      left -= small.values().stream().mapToLong(Long::longValue).sum();
      open.keySet().removeAll(small.keySet());
    }
    return Collections.unmodifiableSortedMap(shares);
  }
}
