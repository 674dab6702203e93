package org.sightmill.pipeline.quality;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Repeated questions at scale, and the rates of picture signatures. Processor time stands beside
 * wall time, since the machine may be busy.
 *
 * <pre>
 * mvn -Pjmh -pl pipeline test-compile
 * java -Xmx3g -cp ... org.sightmill.pipeline.quality.QualityBenchmark questions 1000000 pictures
 * java -Xmx3g -cp ... org.sightmill.pipeline.quality.QualityBenchmark questions 1000000 none
 * java -Xmx3g -cp ... org.sightmill.pipeline.quality.QualityBenchmark signatures
 * </pre>
 */
public final class QualityBenchmark {
  private static final StructType ROWS =
      StructType.fromDDL(
          "sample_id string, picture string, question string, choices array<string>,"
              + " answer string");

  private static final String[] TEMPLATES = {
    "In the picture a %s %s stands near the %s %s and the %s %s; how many of the %s things are %s?",
    "Look at the %s chart of %s sales by %s in %s: which %s has %s more than the %s one of %s?",
    "The %s table lists %s prices of %s and %s; after buying %d %s and %d %s, what %s is left?",
    "A %s %s holds %d %s; %s takes %d of the %s ones away. How many %s ones does the %s hold now?",
    "Triangle %s has its %s side along the %s wall, %d metres from the %s %s. What is its %s %s?",
    "Between the %s %s and the %s %s there are %d %s. Does the %s one touch a %s %s at all?"
  };

  private static final int WORDS = 400;

  /** Of a hundred rows the second repeats the first; the third and fourth only look as if. */
  private static final int CYCLE = 100;

  private QualityBenchmark() {}

  /** Runs one of the benchmarks. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("signatures")) {
      signatures();
      matches();
      return;
    }
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "16")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    boolean pictures = arguments[2].equals("pictures");
    for (String count : arguments[1].split(",")) {
      questions(spark, Long.parseLong(count), pictures);
    }
    spark.stop();
  }

  private static void questions(SparkSession spark, long count, boolean pictures) {
    long processor = processorNanos();
    long start = System.nanoTime();
    MapFunction<Long, Row> draw = index -> row(index, pictures);
    Map<String, String> found = new HashMap<>();
    try (Held held = new Held()) {
      Dataset<Row> rows = spark.range(0, count, 1, 8).map(draw, Encoders.row(ROWS));
      new RepeatedQuestions(DuplicateQuestions.DEFAULT, held)
          .in(rows)
          .collectAsList()
          .forEach(row -> found.put(row.getString(0), row.getString(2)));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = (processorNanos() - processor) / 1e9;
    long planted = 0;
    long recalled = 0;
    for (long i = 0; i + 1 < count; i += CYCLE) {
      Row first = row(i, pictures);
      Row second = row(i + 1, pictures);
      if (similarity(first, second) >= DuplicateQuestions.DEFAULT_SIMILARITY) {
        planted++;
        String detail = found.remove(second.getString(0));
        recalled += detail != null && detail.endsWith(" " + first.getString(0)) ? 1 : 0;
      } else if (found.containsKey(second.getString(0))) {
        found.remove(second.getString(0));
      }
    }
    System.out.printf(
        "%,d questions, %s: %.0f s, %.0f s of processor time; %,d planted pairs, %.3f %% found;"
            + " %,d others, precision %.3f %%%n",
        count,
        pictures ? "10 a picture" : "no pictures",
        seconds,
        cpu,
        planted,
        100.0 * recalled / planted,
        found.size(),
        100.0 * recalled / (recalled + found.size()));
    found.entrySet().stream().limit(5).forEach(System.out::println);
  }

  private static double similarity(Row first, Row second) {
    return Shingles.jaccard(runs(first), runs(second));
  }

  private static long[] runs(Row row) {
    return Shingles.of(
        QuestionText.of(row.getString(2)).words(), DuplicateQuestions.DEFAULT_RUN_WORDS);
  }

  private static Row row(long index, boolean pictures) {
    long place = index % CYCLE;
    long base = place < 4 ? index - place : index;
    Random random = new Random(base * 31 + 7);
    String template = TEMPLATES[random.nextInt(TEMPLATES.length)];
    String question = filled(template, random, place == 2 ? 1 : 0);
    String answer = Integer.toString(random.nextInt(20));
    if (place == 1) {
      question = edited(question, new Random(index));
    }
    long picture = base / 10 + (place == 3 ? 1_000_000_000L : 0);
    // Without pictures the fourth row of a cycle would be a true repetition.
    String shown = pictures || place == 3 ? "picture " + picture : null;
    return RowFactory.create("q%012d".formatted(index), shown, question, null, answer);
  }

  private static String filled(String template, Random random, int more) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      if (template.charAt(i) != '%') {
        text.append(template.charAt(i));
      } else if (template.charAt(++i) == 'd') {
        text.append(2 + random.nextInt(60) + more);
      } else {
        text.append(word(random.nextInt(WORDS)));
      }
    }
    return more == 0 ? text.toString() : text + " Give " + more + " number.";
  }

  private static String word(int index) {
    String letters = "";
    for (int rest = index + 30; rest > 0; rest /= 20) {
      letters +=
          "bcdfghjklmnprstvwxyz".charAt(rest % 20) + "aeiou".substring(rest % 5, rest % 5 + 1);
    }
    return letters;
  }

  /** A word more, a word less, or a word changed. */
  private static String edited(String question, Random random) {
    List<String> words = new ArrayList<>(List.of(question.split(" ")));
    int at = 1 + random.nextInt(words.size() - 2);
    switch (random.nextInt(4)) {
      case 0 -> words.add("please");
      case 1 -> words.add(0, "now");
      case 2 -> words.set(words.size() - 1, "indeed");
      default -> words.add(at, "clearly");
    }
    return String.join(" ", words);
  }

  private static void signatures() throws IOException {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(3);
    for (int y = 0; y < 480; y++) {
      for (int x = 0; x < 640; x++) {
        int level = (int) (120 + 80 * Math.sin(x / 37.0) * Math.cos(y / 23.0));
        int noise = random.nextInt(24);
        image.setRGB(x, y, (level + noise) << 16 | (level / 2 + noise) << 8 | (255 - level));
      }
    }
    for (String format : new String[] {"jpg", "png"}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, format, bytes);
      byte[] encoded = bytes.toByteArray();
      for (int i = 0; i < 30; i++) {
        ImageSignature.of(encoded);
      }
      int rounds = 200;
      int signed = 0;
      long processor = processorNanos();
      for (int i = 0; i < rounds; i++) {
        signed += ImageSignature.of(encoded).isPresent() ? 1 : 0;
      }
      double seconds = (processorNanos() - processor) / 1e9;
      System.out.printf(
          "640 x 480 %s of %,d bytes: %.0f signatures a second of processor time%n",
          format, encoded.length, signed / seconds);
    }
  }

  private static void matches() {
    Random random = new Random(1);
    List<String> items = new ArrayList<>();
    List<ImageSignature> signatures = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      items.add("item " + i);
      signatures.add(new ImageSignature(random.nextLong(), random.nextLong(), new byte[144]));
    }
    LookAlikes looks = new LookAlikes(items, signatures);
    long processor = processorNanos();
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      ImageSignature near = signatures.get(i % 6_000);
      long bits = i % 100 == 0 ? near.rows() ^ 5 : random.nextLong();
      long columns = i % 100 == 0 ? near.columns() : random.nextLong();
      found += looks.match(new ImageSignature(bits, columns, new byte[144]), 6).isPresent() ? 1 : 0;
    }
    System.out.printf(
        "200,000 signatures against 6,000: %.1f s of processor time, %,d found of 2,000%n",
        (processorNanos() - processor) / 1e9, found);
  }

  private static long processorNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
