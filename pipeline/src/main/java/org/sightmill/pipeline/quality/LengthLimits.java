package org.sightmill.pipeline.quality;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * How long texts may be, in words; in Chinese and Japanese a character is one.
 *
 * @param question null for no limit, likewise the others
 */
public record LengthLimits(Range question, Range reasoning, Range response)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No limits. */
  public static final LengthLimits DEFAULT = new LengthLimits(null, null, null);

  /** Both inclusive; null for no bound. */
  public record Range(Integer min, Integer max) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Checks that the range holds something. */
    public Range {
      new Checks()
          .that(min != null || max != null, "min or max is required")
          .that(min == null || min >= 0, "min must be at least 0 but was " + min)
          .that(
              min == null || max == null || min <= max,
              "min must be at most max but was %s > %s".formatted(min, max))
          .orThrow();
    }

    boolean holds(int words) {
      return (min == null || words >= min) && (max == null || words <= max);
    }
  }
}
