package org.sightmill.jobs.config;

import java.util.List;

/**
 * Where samples come from: a step's folder, or a generator.
 *
 * @param path a folder of Parquet such as {@code 6-curate/sft}, any Hadoop URI; null for the run's
 *     own
 * @param images what {@code image_path} is relative to; null for the run's folder
 * @param without a folder of Parquet whose {@code sample_id}s are left out, such as {@code
 *     6-curate/rl} of what SFT before GRPO trains on; null for none
 * @param sources names of the sources to train on, as the run's configuration has them; empty for
 *     all
 * @param procedural a generator instead, or null
 * @param limit the first rows only, by sample id; 0 for all
 * @param heldOut rows kept for evaluation, chosen by the seed
 */
public record DataSection(
    String path,
    String images,
    String without,
    List<String> sources,
    ProceduralSection procedural,
    int limit,
    int heldOut) {

  /** The run's own rows, 200 of them held out. */
  public static final DataSection DEFAULT =
      new DataSection(null, null, null, List.of(), null, 0, 200);

  /** Copies the list; rejects two origins at once and negative numbers. */
  public DataSection {
    sources = List.copyOf(sources);
    if (!sources.isEmpty() && procedural != null) {
      throw new IllegalArgumentException(
          "sources and procedural exclude each other: generated rows are of one source");
    }
    if (path != null && procedural != null) {
      throw new IllegalArgumentException("path and procedural exclude each other: give one");
    }
    if (without != null && procedural != null) {
      throw new IllegalArgumentException(
          "without and procedural exclude each other: generated rows have ids of their own");
    }
    if (limit < 0 || heldOut < 0) {
      throw new IllegalArgumentException(
          "limit and held_out must be at least 0 but were %d and %d".formatted(limit, heldOut));
    }
  }
}
