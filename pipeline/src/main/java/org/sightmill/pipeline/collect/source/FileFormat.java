package org.sightmill.pipeline.collect.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/** The formats of the generic reader. */
enum FileFormat {
  JSONL,
  JSON,
  CSV,
  TSV,
  PARQUET;

  static Optional<FileFormat> fromLabel(String label) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(label))
        .findFirst();
  }

  /** The format that is configured, else the one of the file's name. */
  static Optional<FileFormat> of(SourceConfig config, String fileName) {
    if (config.options().containsKey("format")) {
      return fromLabel(config.options().get("format"));
    }
    String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return fromLabel(extension.equals("ndjson") ? "jsonl" : extension);
  }

  /** As {@link #of}; a {@code .json} file of one object a line is JSON Lines. */
  static FileFormat detect(SourceConfig config, FileStatus file, SparkSession spark) {
    return of(config, file.getPath().getName()).orElseThrow();
  }
}
