package org.sightmill.pipeline.export;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went out.
 *
 * @param rows of each subset
 * @param withheld rows that stayed in the run for their licence, by licence
 * @param files relative to the output folder
 */
public record ExportReport(
    SortedMap<String, Long> rows, SortedMap<String, Long> withheld, List<String> files) {

  /** Copies. */
  public ExportReport {
    rows = copy(rows);
    withheld = copy(withheld);
    files = List.copyOf(files);
  }

  private static SortedMap<String, Long> copy(Map<String, Long> map) {
    return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
