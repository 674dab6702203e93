package org.sightmill.pipeline.step;

/**
 * The rows of a step. They always add up.
 *
 * @param read rows or records that came in
 * @param expanded rows that came in addition, where one record makes several
 * @param out rows written
 * @param rejected rows in the side table with a class other than unselected
 * @param unselected sound rows that the split had no place for
 */
public record Counts(long read, long expanded, long out, long rejected, long unselected) {
  /** Nothing at all. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** Rejects numbers that do not add up: a lost or doubled row is a defect of the step. */
  public Counts {
    if (read + expanded != out + rejected + unselected) {
      throw new IllegalArgumentException(
          "counts do not add up: read %d + expanded %d != out %d + rejected %d + unselected %d"
              .formatted(read, expanded, out, rejected, unselected));
    }
  }

  /** The sum of two. */
  public Counts plus(Counts other) {
    return new Counts(
        read + other.read,
        expanded + other.expanded,
        out + other.out,
        rejected + other.rejected,
        unselected + other.unselected);
  }
}
