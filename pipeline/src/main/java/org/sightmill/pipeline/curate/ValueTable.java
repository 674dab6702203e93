package org.sightmill.pipeline.curate;

import java.util.Locale;
import org.sightmill.pipeline.check.Checks;

/**
 * A side table with the columns {@code sample_id, value}, CSV with a header or Parquet. Several
 * values of one sample are averaged, as the paper does with the perplexities of two models.
 *
 * @param path a Hadoop path; a name that ends in {@code .csv} is CSV, any other Parquet
 * @param column where the values go; it also decides which split they select
 * @param keepHighest how many rows with the highest values stay, after the caps; null for all
 * @param min lowest value that stays, inclusive; null for no bound
 * @param max highest value that stays, inclusive; null for no bound
 */
public record ValueTable(String path, Target column, Long keepHighest, Double min, Double max) {
  /** What a value says of a sample. */
  public enum Target {
    /** Of the answer under a model; selects SFT rows (paper: the highest stay). */
    PERPLEXITY,
    /** Share of sampled answers that are right; selects RL rows. */
    PASS_RATE;

    /** The name of the output column. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that there is something to join and a sound range. */
  public ValueTable {
    Checks checks = new Checks().notBlank("values.path", path);
    checks.that(column != null, "values.column is required: perplexity or pass_rate");
    checks.that(
        keepHighest == null || keepHighest >= 0,
        "values.keep_highest must be at least 0 but was " + keepHighest);
    checks.that(
        min == null || max == null || min <= max,
        "values.min must be at most values.max but was %s > %s".formatted(min, max));
    checks.orThrow();
  }

  /** Whether rows can fall out of the range, so that a row without a value falls out too. */
  boolean hasRange() {
    return min != null || max != null;
  }
}
