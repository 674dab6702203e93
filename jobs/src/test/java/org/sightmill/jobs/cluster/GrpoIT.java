package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.train.GrpoRun;
import org.sightmill.jobs.train.Start;

/**
 * {@code sightmill grpo} through plain spark-submit on two workers that declare a GPU each:
 * undisturbed, with an executor and a worker killed, with the driver killed. Every run ends where
 * one process does.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class GrpoIT {
  private static final int LIMIT_MINUTES = 10;
  private static final int STEPS = 6;
  private static final String GPU_PRESET =
      Path.of("../conf/spark/gpu.conf").toAbsolutePath().normalize().toString();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENGINE_THREADS =
      "-Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1";

  @TempDir static Path folder;
  private StandaloneCluster cluster;
  private Path config;

  @BeforeAll
  void trainInOneProcess() throws Exception {
    Path model = Path.of("../conf/models/tiny").toRealPath(); // it is right often enough to learn
    config = folder.resolve("grpo.yaml");
    Files.writeString(
        config,
        """
        root: %s
        model: {path: %s}
        data:
          procedural: {rows: 64, seed: 2, families: [tally, majority], difficulty_levels: 1}
        prompt:
          system_prompt: Think, then answer.
          instructions: {}
          max_prompt_length: 256
          min_pixels: 3136
          max_pixels: 7200
        rollout: {num_generations: 4, max_completion_length: 64, groups_per_batch: 1}
        kl: {beta: 0.1}
        batch: {generation_batch_size: 32, gradient_shards: 4, micro_batch_size: 4}
        optimizer: {learning_rate: 0.001, lr_scheduler_type: constant}
        run: {max_steps: %d, seed: 3, save_steps: 2}
        """
            .formatted(folder.resolve("out"), model, STEPS));
    GrpoConfig alone =
        new ConfigLoader(new HadoopProbe())
            .load(
                GrpoConfig.class,
                new ConfigRequest(config.toString(), List.of("run_id=alone"), new TreeMap<>()))
            .config();
    new GrpoRun(alone).train(Start.FRESH, new PrintWriter(Writer.nullWriter()));
    assertThat(metrics("alone").get(STEPS - 1).path("grad_norm").asDouble()).isPositive();
    cluster = StandaloneCluster.startWithGpus(folder.resolve("cluster"), 2);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void twoExecutorsShareTheRolloutsAndEndWhereOneProcessDoes() throws Exception {
    assertExit("undisturbed", submit("undisturbed", "undisturbed"), 0);
    assertSameEnd("undisturbed");
    Map<String, Integer> rollouts = new HashMap<>();
    int all = 0;
    for (Group row : rollouts("undisturbed")) {
      assertThat(row.getString("device", 0)).isEqualTo("cpu for gpu 0");
      rollouts.merge(row.getString("executor", 0), 1, Integer::sum);
      all++;
    }
    assertThat(all).isEqualTo(STEPS * 32);
    assertThat(rollouts).hasSize(2);
    int least = all * 3 / 10;
    assertThat(rollouts.values())
        .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(least));
  }

  @Test
  void anExecutorKilledMidRunAndThenAWorkerChangeNothing() throws Exception {
    Process driver = submit("killed", "killed");
    try {
      assertThat(whenStepsAreDone("killed", 2, driver, () -> killed(cluster.executors().get(0))))
          .isTrue();
      assertThat(whenStepsAreDone("killed", 4, driver, cluster::killNewestWorker)).isTrue();
      assertExit("killed", driver, 0);
    } finally {
      cluster.startWorkers(1);
    }
    assertSameEnd("killed");
  }

  @Test
  void whatNoDeviceHasRoomForIsABadConfiguration() throws Exception {
    Process driver =
        cluster.submit(
            folder,
            "no-room",
            "local[1]",
            List.of("--conf", "spark.ui.enabled=false"),
            List.of(
                "grpo",
                "--config",
                config.toString(),
                "--set",
                "run_id=no-room",
                "--set",
                "memory_bytes=1000000"));
    assertExit("no-room", driver, 2);
    assertThat(Files.readString(cluster.log("no-room")))
        .contains("the run needs at least ", " MiB but the device has 0: weights ");
  }

  @Test
  void aKilledDriverGoesOnBehindItsResumePoint() throws Exception {
    Process driver = submit("driver-killed", "driver-killed");
    assertThat(whenStepsAreDone("driver-killed", 3, driver, () -> killed(driver.toHandle())))
        .isTrue();
    assertThat(driver.waitFor()).isNotZero();
    assertExit("driver-rerun", submit("driver-rerun", "driver-killed", "--resume"), 0);
    assertSameEnd("driver-killed");
  }

  private static boolean killed(ProcessHandle process) {
    return process.destroyForcibly();
  }

  /** Strikes once when so many steps are behind, unless the driver has ended by then. */
  private boolean whenStepsAreDone(String runId, int steps, Process driver, BooleanSupplier strike)
      throws Exception {
    Path metrics = run(runId).resolve("metrics.jsonl");
    while (driver.isAlive()) {
      if (Files.exists(metrics) && Files.readAllLines(metrics).size() >= steps) {
        return strike.getAsBoolean();
      }
      driver.waitFor(10, TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private Process submit(String name, String runId, String... more) throws IOException {
    List<String> options = // the preset, on smaller machines
        List.of(
            "--properties-file", GPU_PRESET,
            "--conf", "spark.executor.memory=1g",
            "--conf", "spark.executor.cores=1",
            "--conf", "spark.cores.max=2",
            "--conf", "spark.ui.enabled=false",
            "--conf", "spark.executor.extraJavaOptions=" + ENGINE_THREADS);
    List<String> arguments =
        new ArrayList<>(List.of("grpo", "--config", config.toString(), "--set", "run_id=" + runId));
    arguments.addAll(List.of(more));
    return cluster.submit(folder, name, cluster.masterUrl(), options, arguments);
  }

  private void assertExit(String name, Process driver, int code) throws Exception {
    boolean ended = driver.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    String log = Files.readString(cluster.log(name));
    assertThat(ended).as("%s ended in time; its log:%n%s", name, log).isTrue();
    assertThat(driver.exitValue()).as("exit code of %s; its log:%n%s", name, log).isEqualTo(code);
  }

  private void assertSameEnd(String runId) throws IOException {
    assertThat(metrics(runId)).isEqualTo(metrics("alone"));
    assertThat(run(runId).resolve("model/model.safetensors"))
        .hasSameBinaryContentAs(run("alone").resolve("model/model.safetensors"));
  }

  /** All that is no matter of time. */
  private static List<JsonNode> metrics(String runId) throws IOException {
    List<JsonNode> steps = new ArrayList<>();
    for (String line : Files.readAllLines(run(runId).resolve("metrics.jsonl"))) {
      ObjectNode step = (ObjectNode) JSON.readTree(line);
      List<String> timed = new ArrayList<>();
      step.fieldNames()
          .forEachRemaining(
              name -> {
                if (name.contains("tim") || name.contains("per_second")) {
                  timed.add(name);
                }
              });
      steps.add(step.without(timed));
    }
    assertThat(steps).hasSize(STEPS);
    return steps;
  }

  private static Path run(String runId) {
    return folder.resolve("out").resolve(runId).resolve("grpo");
  }

  private static List<Group> rollouts(String runId) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(run(runId).resolve("rollouts"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          rows.addAll(rows(file));
        }
      }
    }
    return rows;
  }

  private static List<Group> rows(Path file) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(
                new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toString()))
            .withConf(new Configuration())
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
