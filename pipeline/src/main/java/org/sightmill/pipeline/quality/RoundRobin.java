package org.sightmill.pipeline.quality;

import java.io.Serializable;

/**
 * The order of a draw that takes one row of each cluster, then the next of each, and so on, leaving
 * out those that are used up. Computed from the sizes alone: no sort over all rows. Sent to
 * executors.
 */
final class RoundRobin implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] sizes;

  /**
   * @param sizes rows of each cluster
   */
  RoundRobin(long[] sizes) {
    this.sizes = sizes.clone();
  }

  /**
   * The place, from 1, of a row.
   *
   * @param turn the row's place within its cluster, from 1
   */
  long rank(int turn, int cluster) {
    long before = 0;
    for (int other = 0; other < sizes.length; other++) {
      long drawn = other < cluster ? turn : turn - 1L;
      before += Math.min(sizes[other], drawn);
    }
    return before + 1;
  }
}
