package org.sightmill.pipeline.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepReport;

/**
 * How fast pictures are collected without decoding. A main and not a JMH benchmark: one pass over
 * some GB, most of it input and output.
 *
 * <p>Arguments: an empty folder, the number of pictures, bytes of each, passes (1). Prints one JSON
 * line for each pass; in the first one everything is compiled.
 */
public final class CollectBenchmark {
  private static final int SCAN_AT = 20;

  private CollectBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    int pictures = Integer.parseInt(args[1]);
    int bytes = Integer.parseInt(args[2]);
    writeInput(folder.resolve("in"), pictures, bytes);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("collect-benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            // As the command line has it.
            .config("spark.hadoop.file.bytes-per-checksum", "65536")
            .getOrCreate();
    spark.range(10).count();
    for (int pass = 1; pass <= (args.length > 3 ? Integer.parseInt(args[3]) : 1); pass++) {
      // The disk must not be busy with what was written before.
      new ProcessBuilder("sync").start().waitFor();
      StepReport report = collected(spark, folder, "pass-" + pass);
      double megabytes = (double) pictures * bytes / 1e6;
      System.out.printf(
          "{\"pass\": %d, \"pictures\": %d, \"out\": %d, \"mb\": %.0f, \"seconds\": %.1f,"
              + " \"mb_per_s\": %.0f, \"max_heap_mb\": %d}%n",
          pass,
          pictures,
          report.counts().out(),
          megabytes,
          report.seconds(),
          megabytes / report.seconds(),
          Runtime.getRuntime().maxMemory() >> 20);
    }
    spark.stop();
  }

  private static StepReport collected(SparkSession spark, Path folder, String run) {
    RunStore store =
        new RunStore(
            new RunLayout(folder.resolve("out").toString(), run),
            spark.sparkContext().hadoopConfiguration());
    SourceConfig source =
        SourceConfig.of("bench", "generic", folder.resolve("in/items.jsonl").toString());
    return new CollectStep(spark, store, CollectConfig.of(List.of(source)), SourceReaders.load())
        .run();
  }

  /** JPEGs in structure: a frame header of 640 x 480, noise as the scan, and the end marker. */
  private static void writeInput(Path folder, int pictures, int bytes) throws IOException {
    Files.createDirectories(folder);
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    for (int i = SCAN_AT; i < bytes; i++) {
      noise[i] = noise[i] == (byte) 0xFF ? 0 : noise[i];
    }
    byte[] head = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xC0,
      0,
      11,
      8,
      1,
      (byte) 0xE0,
      2,
      (byte) 0x80,
      1,
      1,
      0x11,
      0,
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      2,
      0
    };
    System.arraycopy(head, 0, noise, 0, head.length);
    noise[bytes - 2] = (byte) 0xFF;
    noise[bytes - 1] = (byte) 0xD9;
    try (Writer items = Files.newBufferedWriter(folder.resolve("items.jsonl"))) {
      for (int i = 0; i < pictures; i++) {
        ByteBuffer.wrap(noise).putInt(SCAN_AT, i & 0x7F7F7F7F).putInt(SCAN_AT + 4, i >> 7 & 0x7F7F);
        Files.write(folder.resolve(i + ".jpg"), noise);
        items.write(
            "{\"id\": %d, \"image\": \"%d.jpg\", \"question\": \"How many?\", \"answer\": \"%d\"}%n"
                .formatted(i, i, i % 10));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the benchmark's input", e);
    }
  }
}
