package org.sightmill.trainer.eval;

import java.util.List;
import java.util.Optional;

/**
 * What a model is asked for one item.
 *
 * @param index of the row
 * @param system instructions; empty for the model's own
 * @param images encoded pictures in order, before the text
 * @param text the question
 */
public record Query(String index, Optional<String> system, List<byte[]> images, String text) {

  /** Copies the list. */
  public Query {
    images = List.copyOf(images);
  }

  /**
   * The query of a row.
   *
   * @param system instructions; empty for the model's own
   * @return empty when the row's pictures are missing or not base64
   */
  public static Optional<Query> of(Benchmark benchmark, BenchmarkRow row, Optional<String> system) {
    return SharedImages.decode(row)
        .map(images -> new Query(row.index(), system, images, benchmark.prompt(row)));
  }
}
