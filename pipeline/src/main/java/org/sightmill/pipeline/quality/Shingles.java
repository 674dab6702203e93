package org.sightmill.pipeline.quality;

import java.util.Arrays;
import java.util.List;

/**
 * The runs of some words that a text has, as sorted 64-bit hashes: what makes two texts alike is
 * how many they share.
 */
final class Shingles {
  private static final long SEED = 0x9E3779B97F4A7C15L;

  private Shingles() {}

  /**
   * Distinct hashes in order. A text shorter than {@code length} words is one run; one without
   * words has none.
   */
  static long[] of(List<String> words, int length) {
    if (words.isEmpty()) {
      return new long[0];
    }
    long[] hashes = words.stream().mapToLong(Shingles::hash).toArray();
    int runs = Math.max(1, hashes.length - length + 1);
    int run = Math.min(length, hashes.length);
    long[] shingles = new long[runs];
    for (int i = 0; i < runs; i++) {
      long mixed = SEED;
      for (int j = i; j < i + run; j++) {
        mixed = mix(mixed * 31 + hashes[j]);
      }
      shingles[i] = mixed;
    }
    Arrays.sort(shingles);
    return distinct(shingles);
  }

  private static long[] distinct(long[] sorted) {
    int kept = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return kept == sorted.length ? sorted : Arrays.copyOf(sorted, kept);
  }

  /** How many two sorted sets share. */
  static int common(long[] a, long[] b) {
    int common = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        common++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  /** The share of what either has that both have; 0 when one is empty. */
  static double jaccard(long[] a, long[] b) {
    int common = common(a, b);
    return common == 0 ? 0 : (double) common / (a.length + b.length - common);
  }

  /** FNV-1a, mixed: the same on every machine. */
  static long hash(String word) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /** The finaliser of SplitMix64: every bit of the input moves every bit of the output. */
  static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
