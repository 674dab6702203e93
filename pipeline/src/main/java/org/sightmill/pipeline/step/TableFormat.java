package org.sightmill.pipeline.step;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How Parquet files are written. Most columns hold long texts that differ in every row: a
 * dictionary of them is given up only after it was built, which cost half the time of a write, and
 * their least and greatest value tell a reader nothing. Columns of few values keep both.
 */
final class TableFormat {
  /** Columns that repeat their values, in the schema of any boundary. */
  private static final List<String> REPEATING =
      List.of(
          "source",
          "answer_type",
          "license",
          "caption_origin",
          "verdict",
          "verdict_by",
          "aha_cues.list.element",
          "split",
          "provenance.list.element.step",
          "provenance.list.element.model",
          "provenance.list.element.endpoint",
          "provenance.list.element.prompt_sha256",
          "code",
          "class",
          Outcome.CODE);

  /** Columns whose least and greatest value let a query skip row groups, beside the repeating. */
  private static final List<String> SEARCHED = List.of("sample_id", "image_sha256");

  /** Bytes of a row group in memory; each writing task holds one. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private TableFormat() {}

  /** Options of Spark's Parquet writer for what is kept. */
  static Map<String, String> lasting() {
    Map<String, String> options = common();
    options.put("compression", "zstd");
    return options;
  }

  /** Options for what is read once more and deleted: quick rather than small. */
  static Map<String, String> passing() {
    Map<String, String> options = common();
    options.put("compression", "snappy");
    return options;
  }

  private static Map<String, String> common() {
    Map<String, String> options = new TreeMap<>();
    options.put("parquet.block.size", Long.toString(ROW_GROUP_BYTES));
    options.put("parquet.compression.codec.zstd.level", "1");
    options.put("parquet.enable.dictionary", "false");
    options.put("parquet.column.statistics.enabled", "false");
    for (String column : REPEATING) {
      options.put("parquet.enable.dictionary#" + column, "true");
      options.put("parquet.column.statistics.enabled#" + column, "true");
    }
    for (String column : SEARCHED) {
      options.put("parquet.column.statistics.enabled#" + column, "true");
    }
    return options;
  }
}
