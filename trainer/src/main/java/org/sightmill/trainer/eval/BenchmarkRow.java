package org.sightmill.trainer.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.pipeline.sample.Choices;

/**
 * One row of a benchmark file.
 *
 * @param index unique within the file
 * @param cells by column in the file's order; a cell that pandas reads as NaN is null
 */
public record BenchmarkRow(String index, Map<String, String> cells) {
  /** The column of pictures in base64. */
  public static final String IMAGE = "image";

  /** Copies the map; rejects a row without an index. */
  public BenchmarkRow {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    if (index == null || index.isBlank()) {
      throw new IllegalArgumentException("a row has no index");
    }
  }

  /** A cell, or empty when the column is absent or the cell is NaN. */
  public Optional<String> cell(String column) {
    return Optional.ofNullable(cells.get(column));
  }

  /** A cell, or an empty text. */
  public String text(String column) {
    return cell(column).orElse("");
  }

  /** The texts of a Python list in a cell; empty when there is none or it cannot be read. */
  public List<String> list(String column) {
    return cell(column).flatMap(PythonLiteral::texts).orElse(List.of());
  }

  /** Option texts by letter: the columns A, B, C and so on that are not NaN. */
  public Map<String, String> lettered(char last) {
    Map<String, String> options = new LinkedHashMap<>();
    for (char letter = 'A'; letter <= last; letter++) {
      String name = String.valueOf(letter);
      cell(name).ifPresent(text -> options.put(name, text));
    }
    return options;
  }

  /** Options by letter, the first is A. */
  static Map<String, String> byLetter(List<String> options) {
    Map<String, String> lettered = new LinkedHashMap<>();
    for (int i = 0; i < options.size(); i++) {
      lettered.put(String.valueOf((char) ('A' + i)), options.get(i));
    }
    return lettered;
  }

  /** Options as the verifier takes them; empty when there are none, or more than letters. */
  static Optional<Choices> choices(List<String> options) {
    return options.isEmpty() || options.size() > Choices.MAX_OPTIONS
        ? Optional.empty()
        : Optional.of(new Choices(options));
  }
}
