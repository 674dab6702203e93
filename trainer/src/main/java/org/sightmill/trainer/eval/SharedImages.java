package org.sightmill.trainer.eval;

import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures that rows share: a short {@code image} cell is the index of the row whose picture it is.
 * Holds only pictures that others refer to.
 */
public final class SharedImages {
  /** A longer cell is a picture, not an index. */
  public static final int MAX_REFERENCE_CHARS = 64;

  private final Map<String, String> byIndex;

  private SharedImages(Map<String, String> byIndex) {
    this.byIndex = byIndex;
  }

  /**
   * Finds the indices that rows refer to.
   *
   * @param rows all rows of a file, in a first pass over it
   */
  public static Set<String> references(Iterator<BenchmarkRow> rows) {
    Set<String> indices = new HashSet<>();
    while (rows.hasNext()) {
      reference(rows.next()).ifPresent(indices::add);
    }
    return indices;
  }

  /** Takes the pictures of these indices out of a second pass; no pass is needed for none. */
  public static SharedImages of(Set<String> indices, Iterator<BenchmarkRow> rows) {
    Map<String, String> found = new HashMap<>();
    while (found.size() < indices.size() && rows.hasNext()) {
      BenchmarkRow row = rows.next();
      if (indices.contains(row.index()) && reference(row).isEmpty()) {
        row.cell(BenchmarkRow.IMAGE).ifPresent(image -> found.put(row.index(), image));
      }
    }
    return new SharedImages(found);
  }

  /** No row shares a picture. */
  public static SharedImages none() {
    return new SharedImages(Map.of());
  }

  private static Optional<String> reference(BenchmarkRow row) {
    return row.cell(BenchmarkRow.IMAGE)
        .filter(image -> image.length() <= MAX_REFERENCE_CHARS && !isList(image))
        .map(String::strip);
  }

  private static boolean isList(String image) {
    return image.startsWith("[") && image.endsWith("]");
  }

  /** The row with its own picture; one that refers to nothing known has none. */
  public BenchmarkRow resolved(BenchmarkRow row) {
    Optional<String> reference = reference(row);
    if (reference.isEmpty()) {
      return row;
    }
    Map<String, String> cells = new LinkedHashMap<>(row.cells());
    cells.put(BenchmarkRow.IMAGE, byIndex.get(reference.get()));
    return new BenchmarkRow(row.index(), cells);
  }

  /**
   * The pictures of a resolved row, in order, in whatever format they have.
   *
   * @return empty when a picture is missing or not base64
   */
  public static Optional<List<byte[]>> decode(BenchmarkRow row) {
    Optional<String> cell = row.cell(BenchmarkRow.IMAGE);
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    String image = cell.get();
    List<String> encoded =
        isList(image) ? PythonLiteral.texts(image).orElse(List.of()) : List.of(image);
    try {
      List<byte[]> pictures = encoded.stream().map(Base64.getMimeDecoder()::decode).toList();
      return pictures.isEmpty() ? Optional.empty() : Optional.of(pictures);
    } catch (IllegalArgumentException e) {
      // Not base64: the caller counts the item as one without a readable picture.
      return Optional.empty();
    }
  }
}
