package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The formats of the generic reader. */
enum FileFormat {
  JSONL,
  JSON,
  CSV,
  TSV,
  PARQUET;

  /** How far into a {@code .json} file its first line may reach. */
  private static final int MAX_FIRST_LINE_BYTES = 8 << 20;

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

  /**
   * As {@link #of}; a file named {@code .json} whose first line is an object is JSON Lines, unless
   * its records stand in a field: then it is one object, often on one line.
   */
  static FileFormat detect(SourceConfig config, Path file, Configuration hadoop) {
    FileFormat format = of(config, file.getName()).orElseThrow();
    boolean said =
        config.options().containsKey("format") || config.options().containsKey(JsonFile.RECORDS);
    if (format != JSON || said) {
      return format;
    }
    try (InputStream in = Files.open(file, hadoop)) {
      return startsWithObjectLine(in) ? JSONL : JSON;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static boolean startsWithObjectLine(InputStream in) throws IOException {
    byte[] head = in.readNBytes(MAX_FIRST_LINE_BYTES);
    int end = 0;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    return end > 0 && head[0] == '{' && Records.object(head, end).fault() == null;
  }
}
