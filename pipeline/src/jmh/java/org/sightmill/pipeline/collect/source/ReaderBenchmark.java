package org.sightmill.pipeline.collect.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * Processor time of reading JSON, from bytes to raw rows, on one thread: each official form over a
 * file of its own, and the first pass over parts. A main and not a JMH benchmark: processor time
 * says the same on a busy machine.
 *
 * <p>Arguments: an empty folder, megabytes of each file. Prints one JSON line a case.
 */
public final class ReaderBenchmark {
  private static final int ROUNDS = 3;

  private ReaderBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    long bytes = Long.parseLong(args[1]) << 20;
    Map<String, String> records = new TreeMap<>();
    records.put(
        "allava-laion",
        "{\"id\": \"allava_laion_inst_%d\", \"image\": \"allava_laion/images/%d.jpeg\","
            + " \"conversations\": [{\"from\": \"human\", \"value\": \"<image>\\n"
            + "%s\"}, {\"from\": \"gpt\", \"value\": \"%s\"}], \"original_caption\": \"%s\","
            + " \"url\": \"https://h/\"}");
    records.put(
        "arxivqa",
        "{\"id\": \"cond-mat-%d\", \"image\": \"images/%d_1.jpg\", \"question\": \"%s\","
            + " \"options\": [\"A) %s\", \"B) no\", \"C) yes\", \"D) none\"], \"label\": \"B)\","
            + " \"rationale\": \"%s\"}");
    records.put(
        "math-puma",
        "{\"image_url\": \"images/%d.png\", \"n\": %d, \"instruction\": \"%s\", \"output\":"
            + " \"%s †Answer: y = 2 * x.\", \"instruction_2\": \"%s\"}");
    for (Map.Entry<String, String> record : records.entrySet()) {
      Path file = write(folder.resolve(record.getKey() + ".json"), record.getValue(), bytes);
      for (int round = 1; round <= ROUNDS; round++) {
        read(record.getKey(), file, round);
      }
      firstPass(file);
    }
  }

  private static void read(String reader, Path file, int round) throws IOException {
    OfficialReader official = reader(reader);
    Intake intake =
        new Intake(
            official.completed(SourceConfig.of("bench", reader, file.toString())),
            official.form(Map.of()));
    long[] rows = new long[1];
    long started = cpuNanos();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        JsonFile json = JsonFile.whole(in, file.toUri().toString(), intake)) {
      while (json.read(row -> rows[0]++)) {
        // Rows are counted only.
      }
    }
    print(reader, round, Files.size(file), rows[0], cpuNanos() - started);
  }

  private static OfficialReader reader(String name) {
    return switch (name) {
      case "allava-laion" -> new AllavaLaionReader();
      case "arxivqa" -> new ArxivQaReader();
      default -> new MathPumaReader();
    };
  }

  private static void firstPass(Path file) throws IOException {
    Configuration hadoop = new Configuration();
    List<FileStatus> files = InputFiles.list(file.toString(), hadoop);
    List<Map<JsonState, JsonScan>> scans = new ArrayList<>();
    long started = cpuNanos();
    int parts =
        new JsonParts(
                hadoop,
                null,
                stretches -> {
                  for (JsonPart stretch : stretches) {
                    scans.add(scanned(stretch, hadoop));
                  }
                  return scans;
                })
            .of(files, 32L << 20)
            .size();
    print("first pass, %d parts".formatted(parts), 1, Files.size(file), 0, cpuNanos() - started);
  }

  private static Map<JsonState, JsonScan> scanned(JsonPart stretch, Configuration hadoop) {
    try {
      return new EnumMap<>(JsonParts.scan(stretch, hadoop));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String form, long bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Random random = new Random(3);
    try (Writer out = Files.newBufferedWriter(file)) {
      long written = 0;
      for (int i = 0; written < bytes; i++) {
        String record =
            form.formatted(i, i, words(random, 20), words(random, 90), words(random, 60));
        out.write((i == 0 ? "[\n" : ",\n") + record);
        written += record.length() + 2L;
      }
      out.write("\n]\n");
    }
    return file;
  }

  private static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(Integer.toString(random.nextInt(1 << 24), 36)).append(i % 9 == 8 ? "\\n" : " ");
    }
    return text.toString();
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String what, int round, long bytes, long rows, long nanos) {
    double megabytes = bytes / 1e6;
    System.out.printf(
        Locale.ROOT,
        "{\"case\": \"%s\", \"round\": %d, \"mb\": %.0f, \"rows\": %d, \"cpu_s\": %.2f,"
            + " \"mb_per_cpu_s\": %.0f}%n",
        what,
        round,
        megabytes,
        rows,
        nanos / 1e9,
        megabytes / (nanos / 1e9));
  }
}
