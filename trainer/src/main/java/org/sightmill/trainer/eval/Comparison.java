package org.sightmill.trainer.eval;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Arms under one verifier, one decoder and the same items.
 *
 * @param arms every run of every arm; the first is the base
 * @param seeds how many runs each arm has; one run says nothing about other seeds
 * @param pairs each other arm against the base, by benchmark and column; runs of an arm are
 *     averaged unit by unit
 */
public record Comparison(
    List<ArmResult> arms, SortedMap<String, Integer> seeds, List<PairedResult> pairs) {

  /** Copies; rejects fewer than two arms. */
  public Comparison {
    arms = List.copyOf(arms);
    seeds = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(seeds));
    pairs = List.copyOf(pairs);
    if (seeds.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs a base and another arm but got " + seeds.size());
    }
  }
}
