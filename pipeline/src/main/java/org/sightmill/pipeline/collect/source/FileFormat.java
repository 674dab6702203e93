package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
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
   * its records stand in a field, or all that the line holds are objects: then they are the
   * records, keyed by id, in one object on one line.
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
    if (end == 0 || head[0] != '{') {
      return false;
    }
    Records.Parsed line = Records.object(head, end);
    return line.fault() == null && !holdsRecords(line.value());
  }

  /** A record has texts, so that an object of nothing but objects holds records. */
  private static boolean holdsRecords(JsonNode object) {
    return !object.isEmpty() && object.valueStream().allMatch(JsonNode::isObject);
  }
}
