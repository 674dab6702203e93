package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Cuts JSON files into parts that executors read at the same time. JSON can't be entered anywhere:
 * a first pass over files of several parts finds, in parallel, what each part does to the state
 * before it, and the driver puts that together to where each part's records begin.
 */
final class JsonParts {
  private final Configuration hadoop;
  private final String records;
  private final FirstPass firstPass;

  /** What each stretch does to the state before it, whatever that is. */
  interface FirstPass {
    List<Map<JsonState, JsonScan>> over(List<JsonPart> stretches);
  }

  /**
   * @param records the field of the root object that holds the records; null = the root
   */
  JsonParts(Configuration hadoop, String records, FirstPass firstPass) {
    this.hadoop = hadoop;
    this.records = records;
    this.firstPass = firstPass;
  }

  /** Parts that are found by the executors. */
  static JsonParts of(JavaSparkContext spark, String records) {
    Configuration hadoop = spark.hadoopConfiguration();
    SerializableConfiguration sent = new SerializableConfiguration(hadoop);
    return new JsonParts(
        hadoop,
        records,
        stretches ->
            spark
                .parallelize(stretches, stretches.size())
                .map(stretch -> scan(stretch, sent.value()))
                .collect());
  }

  /** The parts of all files; a file without records is one part of no bytes. */
  List<JsonPart> of(List<FileStatus> files, long partBytes) {
    List<JsonPart> parts = new ArrayList<>();
    List<JsonPart> open = new ArrayList<>();
    for (FileStatus file : files) {
      Optional<JsonOpening> opening = opening(file);
      if (opening.isEmpty() || file.getLen() - opening.get().offset() <= partBytes) {
        parts.add(whole(file, opening));
      } else {
        open.addAll(stretches(file, opening.get(), partBytes));
      }
    }
    if (!open.isEmpty()) {
      parts.addAll(entered(open));
    }
    parts.sort(Comparator.comparing(JsonPart::file).thenComparing(JsonPart::start));
    return parts;
  }

  private Optional<JsonOpening> opening(FileStatus file) {
    try (JsonBytes bytes = new JsonBytes(Files.open(file.getPath(), hadoop), 0)) {
      return JsonOpening.find(bytes, records);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getPath(), e);
    }
  }

  private static JsonPart whole(FileStatus file, Optional<JsonOpening> opening) {
    long start = opening.map(JsonOpening::offset).orElse(file.getLen());
    boolean keyed = opening.map(JsonOpening::keyed).orElse(false);
    return new JsonPart(
        file.getPath().toString(),
        start,
        opening.isEmpty() ? start : Long.MAX_VALUE,
        true,
        0,
        JsonState.OUTSIDE,
        0,
        keyed);
  }

  private static List<JsonPart> stretches(FileStatus file, JsonOpening opening, long bytes) {
    List<JsonPart> stretches = new ArrayList<>();
    for (long start = opening.offset(); start < file.getLen(); start += bytes) {
      stretches.add(
          new JsonPart(
              file.getPath().toString(),
              start,
              Math.min(start + bytes, file.getLen()),
              start == opening.offset(),
              0,
              JsonState.OUTSIDE,
              0,
              opening.keyed()));
    }
    return stretches;
  }

  /** The stretches with what each begins in; those behind the records' end are left out. */
  private List<JsonPart> entered(List<JsonPart> stretches) {
    List<Map<JsonState, JsonScan>> scans = firstPass.over(stretches);
    List<JsonPart> parts = new ArrayList<>();
    JsonPart before = null;
    for (int i = 0; i < stretches.size(); i++) {
      JsonPart stretch = stretches.get(i);
      if (stretch.first()) {
        before = stretch;
      } else if (before != null) {
        before = following(before, scans.get(i - 1).get(before.state()), stretch);
      }
      if (before != null) {
        parts.add(before);
      }
    }
    return parts;
  }

  /** The stretch behind {@code before}; null when the records end within that. */
  private static JsonPart following(JsonPart before, JsonScan passed, JsonPart stretch) {
    if (passed.closes(before.depth())) {
      return null;
    }
    long separators = passed.commas(-before.depth()) + (before.first() ? 1 : 0);
    return new JsonPart(
        stretch.file(),
        stretch.start(),
        stretch.end(),
        false,
        before.depth() + passed.depth(),
        passed.state(),
        before.recordsBefore() + separators,
        stretch.keyed());
  }

  static Map<JsonState, JsonScan> scan(JsonPart stretch, Configuration hadoop) throws IOException {
    Map<JsonState, JsonScan> scans = new EnumMap<>(JsonState.class);
    for (JsonState state : JsonState.values()) {
      scans.put(state, new JsonScan(state));
    }
    try (JsonBytes bytes = new JsonBytes(open(stretch, hadoop), stretch.start())) {
      while (bytes.position() < stretch.end() && bytes.hasMore()) {
        int from = bytes.at();
        int to = (int) Math.min(bytes.limit(), from + stretch.end() - bytes.position());
        scans.values().forEach(scan -> scan.pass(bytes.buffer(), from, to));
        bytes.moveTo(to);
      }
    }
    return scans;
  }

  /** The part's file, at the part's start. */
  static FSDataInputStream open(JsonPart part, Configuration hadoop) throws IOException {
    Path path = new Path(part.file());
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    in.seek(part.start());
    return in;
  }
}
