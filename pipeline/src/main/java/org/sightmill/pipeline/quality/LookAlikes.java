package org.sightmill.pipeline.quality;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of the benchmarks, to find the one that a picture looks like. Every picture is
 * compared to every one of them: a comparison is two exclusive ors, 6,000 take about 10
 * microseconds. Sent to executors, 200 bytes a picture.
 */
final class LookAlikes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> items;
  private final long[] rows;
  private final long[] columns;
  private final byte[][] greys;

  /**
   * Pictures to compare to.
   *
   * @param items their names, as people know them
   */
  LookAlikes(List<String> items, List<ImageSignature> signatures) {
    this.items = List.copyOf(items);
    this.rows = signatures.stream().mapToLong(ImageSignature::rows).toArray();
    this.columns = signatures.stream().mapToLong(ImageSignature::columns).toArray();
    this.greys = signatures.stream().map(ImageSignature::grey).toArray(byte[][]::new);
  }

  /** A benchmark's picture that a picture looks like. */
  record Match(String item, int distance) {}

  /** The nearest picture that looks the same; the first of several. */
  Optional<Match> match(ImageSignature picture, int maxDistance) {
    Match best = null;
    for (int i = 0; i < rows.length; i++) {
      int distance =
          Long.bitCount(rows[i] ^ picture.rows()) + Long.bitCount(columns[i] ^ picture.columns());
      boolean closer = distance <= maxDistance && (best == null || distance < best.distance());
      if (closer
          && picture.isLike(new ImageSignature(rows[i], columns[i], greys[i]), maxDistance)) {
        best = new Match(items.get(i), distance);
      }
    }
    return Optional.ofNullable(best);
  }
}
