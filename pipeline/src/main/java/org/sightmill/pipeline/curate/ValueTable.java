package org.sightmill.pipeline.curate;

import java.util.List;
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
 * @param subsets row counts of further subsets, such as the paper's 25000, 10000 and 5000: {@code
 *     sft-5000} holds the 5,000 rows of {@code sft} with the highest values, so that each lies in
 *     the next larger; of {@code rl} for pass rates
 */
public record ValueTable(
    String path, Target column, Long keepHighest, Double min, Double max, List<Long> subsets) {
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

  /** A table without further subsets. */
  public ValueTable(String path, Target column, Long keepHighest, Double min, Double max) {
    this(path, column, keepHighest, min, max, List.of());
  }

  /** Checks that there is something to join and a sound range. */
  public ValueTable {
    subsets = List.copyOf(subsets);
    Checks checks = new Checks().notBlank("values.path", path);
    checks.that(column != null, "values.column is required: perplexity or pass_rate");
    checks.that(
        keepHighest == null || keepHighest >= 0,
        "values.keep_highest must be at least 0 but was " + keepHighest);
    checks.that(
        min == null || max == null || min <= max,
        "values.min must be at most values.max but was %s > %s".formatted(min, max));
    checks.that(
        subsets.stream().allMatch(rows -> rows > 0)
            && subsets.stream().distinct().count() == subsets.size(),
        "values.subsets must be different numbers of rows above 0 but were " + subsets);
    checks.orThrow();
  }

  /** The name of the subset of so many rows. */
  String subset(long rows) {
    return Selection.splitOf(this).label() + "-" + rows;
  }

  /** Whether rows can fall out of the range, so that a row without a value falls out too. */
  boolean hasRange() {
    return min != null || max != null;
  }
}
