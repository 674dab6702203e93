package org.sightmill.pipeline.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts that came before and were like none before them. The next text is compared, by its true
 * Jaccard similarity, to those leaders alone that share a key with it. Not for several threads.
 */
final class Leaders {
  /** Leaders compared under one key. More than these share a key only where keys say nothing. */
  static final int MAX_COMPARED = 256;

  private final double similarity;
  private final Map<Long, List<Leader>> byKey = new HashMap<>();

  /**
   * No leaders yet.
   *
   * @param similarity from which on two texts are alike
   */
  Leaders(double similarity) {
    this.similarity = similarity;
  }

  /** A text that stays. */
  private record Leader(String id, long[] shingles) {}

  /** The text that another is like. */
  record Match(String id, double similarity) {}

  /** The first leader that the text is like; null makes it a leader itself. */
  Match matchOrAdd(String id, long[] shingles, long[] keys) {
    Set<Leader> compared = new HashSet<>();
    for (long key : keys) {
      for (Leader leader : byKey.getOrDefault(key, List.of())) {
        if (compared.add(leader)) {
          double found = Shingles.jaccard(leader.shingles(), shingles);
          if (found >= similarity) {
            return new Match(leader.id(), found);
          }
        }
      }
    }
    add(new Leader(id, shingles), keys);
    return null;
  }

  private void add(Leader leader, long[] keys) {
    for (long key : keys) {
      List<Leader> leaders = byKey.computeIfAbsent(key, k -> new ArrayList<>(2));
      if (leaders.size() < MAX_COMPARED) {
        leaders.add(leader);
      }
    }
  }
}
