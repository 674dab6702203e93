package org.sightmill.pipeline.collect.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sightmill.pipeline.collect.source.InputFiles;

/**
 * Laying out tar.gz packs by one task at a time and by two. Arguments: an empty folder, the number
 * of packs, megabytes of each. Prints one JSON line a case; the ratio within one run means
 * something.
 */
public final class PackBenchmark {
  private static final int PICTURE_BYTES = 70_000;

  private PackBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int packs = Integer.parseInt(args[1]);
    long bytes = Long.parseLong(args[2]) << 20;
    Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < packs; i++) {
      write(folder.resolve("in/pack%d.tar.gz".formatted(i)), bytes, i);
    }
    double one = seconds(folder, 1, packs * bytes);
    double two = seconds(folder, 2, packs * bytes);
    System.out.printf(Locale.ROOT, "{\"ratio\": %.2f}%n", one / two);
  }

  private static double seconds(Path folder, int slots, long bytes) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[%d]".formatted(slots))
            .setAppName("packs")
            .set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark.parallelize(java.util.List.of(1, 2)).count();
      long started = System.nanoTime();
      new Packs(spark, 1 << 26)
          .laidOut(
              Map.of(
                  "bench",
                  InputFiles.list(folder.resolve("in").toString(), spark.hadoopConfiguration())),
              new org.apache.hadoop.fs.Path(folder.resolve("out" + slots).toString()));
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "{\"slots\": %d, \"seconds\": %.1f, \"mb_per_s\": %.0f}%n",
          slots,
          seconds,
          bytes / 1e6 / seconds);
      return seconds;
    }
  }

  /** Noise, as JPEG data is: gzip stores it. */
  private static void write(Path file, long bytes, int seed) throws IOException {
    byte[] picture = new byte[PICTURE_BYTES];
    Random random = new Random(seed);
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (long written = 0; written < bytes; written += PICTURE_BYTES) {
        random.nextBytes(picture);
        TarArchiveEntry entry = new TarArchiveEntry("images/" + seed + "_" + written + ".jpg");
        entry.setSize(PICTURE_BYTES);
        tar.putArchiveEntry(entry);
        tar.write(picture);
        tar.closeArchiveEntry();
      }
    }
  }
}
