package org.sightmill.pipeline.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sightmill.pipeline.check.Checks;

/**
 * What to export, and where.
 *
 * @param output a folder, any Hadoop URI
 * @param subsets in the order given; empty for all that the format takes
 * @param licenses which rows may go out
 * @param existing what becomes of a folder that is already there
 * @param shardBytes about how large a Parquet file may grow; the hub's own is 500 MB
 */
public record ExportConfig(
    ExportFormat format,
    String output,
    List<Subset> subsets,
    Licenses licenses,
    Existing existing,
    long shardBytes) {
  /** What Hugging Face's own writer aims at. */
  public static final long DEFAULT_SHARD_BYTES = 500L << 20;

  /** Which licences are let through. */
  public enum Licenses {
    /** Rows whose licence forbids commercial use stay out. */
    COMMERCIAL,
    /** All rows. */
    ALL
  }

  /** What to do with an output folder that is not empty. */
  public enum Existing {
    /** Refuse. */
    KEEP,
    /** Delete it first. */
    REPLACE
  }

  /** Fills in the subsets; rejects those that the format has no form for. */
  public ExportConfig {
    List<Subset> wanted = subsets.isEmpty() ? format.subsets() : List.copyOf(subsets);
    List<String> problems = new ArrayList<>();
    for (Subset subset : wanted) {
      if (!format.takes(subset)) {
        problems.add(
            "subset: %s has no form for %s, it takes %s"
                .formatted(format.label(), subset.label(), labels(format.subsets())));
      }
    }
    Checks checks = new Checks().notBlank("output", output).atLeast(1, "shard_bytes", shardBytes);
    problems.forEach(problem -> checks.that(false, problem));
    checks.orThrow();
    subsets = wanted;
  }

  private static String labels(List<Subset> subsets) {
    return subsets.stream().map(Subset::label).collect(Collectors.joining(", "));
  }
}
