package org.sightmill.pipeline.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.collect.image.PictureCheck;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;

/**
 * What a second executor gives a step that is bound by processors: collect, drawing pictures and
 * decoding each again. Executors of one core in processes of their own ({@code local-cluster}),
 * first one, then two, each warmed by a short run and then put on one processor of the machine, as
 * a node of one core would have it: else the one compiles and collects garbage on the processor
 * that the other has not. A main and not a JMH benchmark. Needs Linux's {@code taskset}.
 *
 * <p>Arguments: an empty folder, the number of rows. Needs {@code SPARK_HOME} with Spark's jars and
 * {@code SPARK_SCALA_VERSION}. Prints one JSON line; fails when an executor had less than a third
 * of the work.
 */
public final class ExecutorScalingBenchmark {
  private static final int WARM_UP_ROWS = 2_000;
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private ExecutorScalingBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rows = Integer.parseInt(args[1]);
    double one = seconds(1, Path.of(args[0], "one"), rows);
    double two = seconds(2, Path.of(args[0], "two"), rows);
    System.out.printf(
        "{\"rows\": %d, \"seconds_1_executor\": %.1f, \"seconds_2_executors\": %.1f,"
            + " \"speedup\": %.2f}%n",
        rows, one, two, one / two);
  }

  private static double seconds(int executors, Path folder, int rows)
      throws IOException, InterruptedException {
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[%d,1,1024]".formatted(executors))
            .appName("executor-scaling")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "1g")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
    try {
      collect(spark, folder.resolve("warm-up"), WARM_UP_ROWS);
      pinEach(executors);
      Work work = new Work();
      spark.sparkContext().addSparkListener(work);
      double seconds = collect(spark, folder.resolve("measured"), rows);
      work.requireShares(executors);
      return seconds;
    } finally {
      spark.stop();
    }
  }

  private static void pinEach(int executors) throws IOException, InterruptedException {
    List<ProcessHandle> processes =
        ProcessHandle.current()
            .descendants()
            .filter(process -> commandLine(process).contains(EXECUTOR))
            .toList();
    if (processes.size() != executors) {
      throw new IllegalStateException(
          "%d processes of %d executors".formatted(processes.size(), executors));
    }
    for (int i = 0; i < executors; i++) {
      String pid = Long.toString(processes.get(i).pid());
      int code =
          new ProcessBuilder("taskset", "-acp", Integer.toString(i), pid)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("taskset ended with " + code);
      }
    }
  }

  /** Whole: {@code ProcessHandle} tells the first 4 KB, and a class path is longer. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static double collect(SparkSession spark, Path folder, int rows) {
    RunStore store =
        new RunStore(
            new RunLayout(folder.toString(), "run"), spark.sparkContext().hadoopConfiguration());
    SourceConfig source =
        new SourceConfig(
            "procedural",
            "procedural",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new TreeMap<>(Map.of("rows", Integer.toString(rows))));
    CollectConfig config =
        new CollectConfig(List.of(source), null, null, null, PictureCheck.Decode.FULL);
    return new CollectStep(spark, store, config, SourceReaders.load()).run().seconds();
  }

  /** Milliseconds that tasks ran, by executor. */
  private static final class Work extends SparkListener {
    private final Map<String, Long> millis = new ConcurrentHashMap<>();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd ended) {
      millis.merge(ended.taskInfo().executorId(), ended.taskInfo().duration(), Long::sum);
    }

    void requireShares(int executors) {
      long all = millis.values().stream().mapToLong(Long::longValue).sum();
      boolean shared = millis.values().stream().allMatch(share -> share * 3 >= all);
      if (millis.size() != executors || (executors > 1 && !shared)) {
        throw new IllegalStateException(
            "work of %d executors was shared as %s ms".formatted(executors, millis));
      }
    }
  }
}
