package org.sightmill.pipeline.quality;

import org.sightmill.pipeline.check.Checks;

/**
 * Which pictures are taken for one.
 *
 * @param distance bits of 128 in which their hashes may differ, 0 to {@value #MAX_DISTANCE}
 * @param rows what becomes of rows about a repeated picture
 */
public record DuplicateImages(int distance, Rows rows) {
  /** More than this is another picture; up to here no pair is missed. */
  public static final int MAX_DISTANCE = 6;

  /** What scaling and compression change, and little more. */
  public static final int DEFAULT_DISTANCE = 4;

  /** What becomes of rows about a repeated picture. */
  public enum Rows {
    /** Only those about the picture with the smallest hash stay. */
    DROP,
    /**
     * All stay, and the pictures count as one where questions are compared and where the splits
     * must share no picture.
     */
    KEEP
  }

  /** As documented. */
  public static final DuplicateImages DEFAULT = new DuplicateImages(DEFAULT_DISTANCE, Rows.DROP);

  /** Checks the bounds. */
  public DuplicateImages {
    new Checks()
        .that(
            distance >= 0 && distance <= MAX_DISTANCE,
            "distance must be in [0, %d] but was %d".formatted(MAX_DISTANCE, distance))
        .that(rows != null, "rows is required: drop or keep")
        .orThrow();
  }
}
