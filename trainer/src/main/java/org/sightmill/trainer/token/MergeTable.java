package org.sightmill.trainer.token;

import java.util.Arrays;

/** Pairs of ids to the rank of their merge, in an open hash table without boxes. */
final class MergeTable {
  private static final long FREE = -1;

  private final long[] pairs;
  private final int[] ranks;
  private final int[] mergedByRank;
  private final int mask;

  MergeTable(int merges) {
    int capacity = Integer.highestOneBit(Math.max(4, merges) * 2) * 2;
    this.pairs = new long[capacity];
    this.ranks = new int[capacity];
    this.mergedByRank = new int[merges];
    this.mask = capacity - 1;
    Arrays.fill(pairs, FREE);
  }

  /** The last of several merges of one pair holds, as in the reference. */
  void put(int left, int right, int rank, int merged) {
    int slot = slot(left, right);
    pairs[slot] = pair(left, right);
    ranks[slot] = rank;
    mergedByRank[rank] = merged;
  }

  /** The rank at which these merge, lower first, or -1. */
  int rank(int left, int right) {
    int slot = slot(left, right);
    return pairs[slot] == FREE ? -1 : ranks[slot];
  }

  /** The id that the merge of this rank makes. */
  int merged(int rank) {
    return mergedByRank[rank];
  }

  private int slot(int left, int right) {
    long pair = pair(left, right);
    long hash = pair * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (pairs[slot] != FREE && pairs[slot] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
