package org.sightmill.pipeline.quality;

import java.io.Serializable;

/**
 * MinHash with bands: two sets whose Jaccard similarity is s agree in one minimum with probability
 * s, so in a band of r minima with s^r, and in at least one of b bands with 1 - (1 - s^r)^b (Broder
 * 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4).
 *
 * @param bands b
 * @param rows r
 */
record Bands(int bands, int rows) implements Serializable {
  /** Minima computed of each text, at most: 64 take about 2 microseconds. */
  static final int MAX_HASHES = 64;

  /** Pairs at the threshold itself that may be missed; pairs above it are missed more rarely. */
  private static final double MAX_MISSED = 0.005;

  /** The most selective bands that still find pairs of this similarity. */
  static Bands forSimilarity(double similarity) {
    for (int rows = 16; rows > 1; rows--) {
      int bands = MAX_HASHES / rows;
      double missed = Math.pow(1 - Math.pow(similarity, rows), bands);
      if (missed <= MAX_MISSED) {
        return new Bands(bands, rows);
      }
    }
    return new Bands(MAX_HASHES, 1);
  }

  /** One hash a band; none for an empty set. */
  long[] of(long[] shingles) {
    if (shingles.length == 0) {
      return new long[0];
    }
    long[] hashes = new long[bands];
    for (int band = 0; band < bands; band++) {
      long mixed = band;
      for (int row = 0; row < rows; row++) {
        mixed = Shingles.mix(mixed * 31 + minimum(shingles, band * rows + row));
      }
      hashes[band] = mixed;
    }
    return hashes;
  }

  /** The least value under the {@code index}th permutation, a multiplication by an odd number. */
  private static long minimum(long[] shingles, int index) {
    long factor = Shingles.mix(2L * index + 1) | 1;
    long offset = Shingles.mix(2L * index + 2);
    long least = Long.MAX_VALUE;
    for (long shingle : shingles) {
      least = Math.min(least, shingle * factor + offset);
    }
    return least;
  }
}
