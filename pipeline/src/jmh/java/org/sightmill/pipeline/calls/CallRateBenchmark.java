package org.sightmill.pipeline.calls;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Call;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;

/**
 * Calls a second of the calling stage against the fault server, in one JVM, two tasks. A main and
 * not a JMH benchmark: it measures waiting as much as work.
 *
 * <p>Arguments: {@code fixed | slow | refused | dying | instant}, calls in flight of a task, rows,
 * an empty folder for the response log. Prints one JSON line; ideal = calls in flight / mean
 * latency drawn. A million rows or more: also what memory is held after each tenth. With {@code
 * -Dserver.url} it calls a {@link org.sightmill.pipeline.faultserver.SteadyServer} of 200 ms, as
 * the script beside other clients does. {@code -Dwarm.rows} calls without latency go first, for
 * what a long run does when its code is compiled.
 *
 * <p>On one or two processors give the JVM a common pool, as the command line gives its own and its
 * executors': {@code -Djava.util.concurrent.ForkJoinPool.common.parallelism=4}.
 *
 * <p>Beside the rate it says what bounded it: processor time of client and server a call, the
 * compiler's part of it, and how long threads that could run waited for a processor, a call.
 */
public final class CallRateBenchmark {
  private static final int TASKS = 2;
  private static final double LATENCY_MS = 200;
  private static final double RARE = 0.05;
  private static final int ROWS_FOR_EACH_CALL = 16;

  /** Rows from which on memory is looked at ten times. */
  private static final int MANY = 1_000_000;

  private static final String ANSWER =
      Chat.answer("<think>\nTwo and two are four.\n</think>\n\nAnswer: 4");
  private static final Action REPLY = Action.json(200, ANSWER);
  private static final Action REFUSAL = Action.json(429, "{}");

  private static String folder;

  private CallRateBenchmark() {}

  /** A server's ways, and the sum of the latencies that it drew. */
  private static final class Drawing implements Behaviour {
    private final String kind;
    private final Random random = new Random(1);
    private final DoubleAdder drawnMs = new DoubleAdder();
    private volatile boolean isWarm;

    Drawing(String kind) {
      this.kind = kind;
    }

    @Override
    public Action on(Call call) {
      if (kind.equals("instant") || !isWarm) {
        return REPLY;
      }
      boolean rare = random.nextDouble() < RARE;
      if (rare && kind.equals("refused")) {
        return REFUSAL;
      }
      double latency = rare && kind.equals("slow") ? 10 * LATENCY_MS : LATENCY_MS;
      drawnMs.add(latency);
      return REPLY.after(latency);
    }
  }

  public static void main(String[] args) throws Exception {
    String kind = args[0];
    int inFlight = Integer.parseInt(args[1]);
    int rows = Integer.parseInt(args[2]);
    folder = java.nio.file.Path.of(args[3]).toUri().toString();
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + TASKS + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    Drawing drawing = new Drawing(kind);
    List<FaultServer> servers = new ArrayList<>();
    for (int i = 0; i < (kind.equals("dying") ? 3 : 1); i++) {
      servers.add(FaultServer.start(drawing));
      servers.get(i).ledger().forgetBodies();
    }
    List<String> urls = servers.stream().map(FaultServer::url).toList();
    String elsewhere = System.getProperty("server.url");
    if (elsewhere != null) {
      urls = List.of(elsewhere);
    }
    CallSettings settings = new CallSettings(inFlight, inFlight * ROWS_FOR_EACH_CALL);
    run(spark, urls, settings, Integer.getInteger("warm.rows", 0), "compiled");
    drawing.isWarm = true;
    run(spark, urls, settings, Math.min(rows, 2_000), "warm");
    Usage before = Usage.now();
    double drawnBefore = drawing.drawnMs.sum();
    Thread reaper = kind.equals("dying") ? dieIn(servers, 5_000) : null;
    if (rows >= MANY) {
      watchMemory(servers.get(0), rows);
    }
    long failed = run(spark, urls, settings, rows, "run");
    Usage used = Usage.now().minus(before);
    if (reaper != null) {
      reaper.join();
    }
    double meanMs = elsewhere == null ? (drawing.drawnMs.sum() - drawnBefore) / rows : LATENCY_MS;
    report(kind, inFlight, rows, failed, meanMs, used);
    spark.stop();
  }

  private static void report(
      String kind, int inFlight, int rows, long failed, double meanMs, Usage used) {
    double rate = rows / used.seconds;
    double ideal = meanMs == 0 ? 0 : TASKS * inFlight / (meanMs / 1_000);
    System.out.printf(
        Locale.ROOT,
        "{\"kind\": \"%s\", \"in_flight\": %d, \"rows\": %d, \"failed\": %d, \"calls_per_s\": %.0f,"
            + " \"of_ideal\": %.3f, \"client_cpu_ms_per_call\": %.3f, \"server_cpu_ms_per_call\":"
            + " %.3f, \"compiler_cpu_ms_per_call\": %.3f, \"wait_for_cpu_ms_per_call\": %.3f,"
            + " \"heap_after_gc_mb\": %d}%n",
        kind,
        inFlight,
        rows,
        failed,
        rate,
        ideal == 0 ? 0 : rate / ideal,
        (used.cpuSeconds - used.serverCpuSeconds) * 1_000 / rows,
        used.serverCpuSeconds * 1_000 / rows,
        used.compilerSeconds * 1_000 / rows,
        used.waitedSeconds * 1_000 / rows,
        heapMb());
  }

  /** Prints what is held after each tenth of the calls. */
  private static void watchMemory(FaultServer server, int rows) {
    long before = server.ledger().calls();
    Thread watch =
        new Thread(
            () -> {
              try {
                for (int tenth = 1; tenth <= 10; tenth++) {
                  while (server.ledger().calls() - before < (long) tenth * rows / 10) {
                    Thread.sleep(20);
                  }
                  System.out.printf(
                      "%d calls: heap after collection %d MB, resident %d MB, index of the log"
                          + " included%n",
                      server.ledger().calls() - before, heapMb(), residentMb());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "memory-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Of the whole process by Linux; 0 elsewhere. */
  private static long residentMb() {
    try (java.util.stream.Stream<String> lines =
        java.nio.file.Files.lines(java.nio.file.Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  private static long heapMb() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  /** Ends the last server after a while, and prints the calls of the others in each second. */
  private static Thread dieIn(List<FaultServer> servers, long millis) {
    Thread reaper =
        new Thread(
            () -> {
              try {
                FaultServer last = servers.get(servers.size() - 1);
                long before = 0;
                for (int second = 0; second < 16; second++) {
                  if (second == millis / 1_000) {
                    last.close();
                    System.out.println("one of three dies");
                  }
                  Thread.sleep(1_000);
                  long charged = servers.stream().mapToLong(s -> s.ledger().charged()).sum();
                  System.out.printf("second %d: %d answers%n", second, charged - before);
                  before = charged;
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    reaper.start();
    return reaper;
  }

  /**
   * Seconds of wall and processors so far.
   *
   * @param compilerSeconds of the JVM's compilers, as far as it tells
   * @param waitedSeconds that threads could run and had no processor, by Linux
   */
  private record Usage(
      double seconds,
      double cpuSeconds,
      double serverCpuSeconds,
      double compilerSeconds,
      double waitedSeconds) {
    static Usage now() {
      com.sun.management.OperatingSystemMXBean system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long server = 0;
      for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
        if (info != null && info.getThreadName().equals("fault-server")) {
          server += threads.getThreadCpuTime(info.getThreadId());
        }
      }
      return new Usage(
          System.nanoTime() / 1e9,
          system.getProcessCpuTime() / 1e9,
          server / 1e9,
          ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3,
          waited());
    }

    /** Of the threads there are; 0 elsewhere than on Linux. */
    private static double waited() {
      double nanos = 0;
      java.io.File[] threads = new java.io.File("/proc/self/task").listFiles();
      for (java.io.File thread : threads == null ? new java.io.File[0] : threads) {
        try {
          String stat = java.nio.file.Files.readString(thread.toPath().resolve("schedstat"));
          nanos += Double.parseDouble(stat.split(" ")[1]);
        } catch (java.io.IOException e) {
          // It has ended since.
        }
      }
      return nanos / 1e9;
    }

    Usage minus(Usage other) {
      return new Usage(
          seconds - other.seconds,
          cpuSeconds - other.cpuSeconds,
          serverCpuSeconds - other.serverCpuSeconds,
          compilerSeconds - other.compilerSeconds,
          waitedSeconds - other.waitedSeconds);
    }
  }

  /** Asks about so many rows; returns how many were rejected. */
  private static long run(
      SparkSession spark, List<String> urls, CallSettings settings, int rows, String name) {
    TeacherBinding teacher =
        TeacherBinding.of(Role.REASONER, config(urls), Prompts.packaged(), settings);
    Dataset<Row> input = input(spark, rows, name);
    StructType output = Outcome.added(Schemas.of(StepName.DISTILL.boundary()));
    CallSite site =
        new CallSite(
            folder,
            folder + "/_responses",
            "distill",
            Map.of(),
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            CallMeter.NONE);
    CallTask task =
        new CallTask(new AskAll(teacher), StepTeachers.of(teacher), site, input.schema(), output);
    return input
        .mapPartitions(task, Encoders.row(output))
        .filter(col(Outcome.CODE).isNotNull())
        .count();
  }

  private static TeacherConfig config(List<String> urls) {
    return new TeacherConfig(
        TeacherConfig.OPENAI,
        "m",
        new TreeMap<>(),
        null,
        null,
        null,
        urls.stream().map(EndpointConfig::of).toList(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Dataset<Row> input(SparkSession spark, int rows, String name) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : Schemas.of(StepName.CAPTION.boundary()).fields()) {
      columns.add(value(field, name).as(field.name()));
    }
    return spark.range(0, rows, 1, TASKS).select(columns.toArray(new Column[0]));
  }

  private static Column value(StructField field, String name) {
    return switch (field.name()) {
      case "sample_id" -> concat(lit(name + "-"), col("id"));
      case "question" -> concat(lit("How many are there in picture " + name), col("id"));
      case "caption" -> lit("Two red cubes stand beside a blue ball on a table. ".repeat(6));
      case "answer_type" -> lit("digit");
      default -> lit(null).cast(field.dataType());
    };
  }
}
