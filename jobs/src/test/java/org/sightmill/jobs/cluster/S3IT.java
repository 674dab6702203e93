package org.sightmill.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.step.ContentDigest;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;

/**
 * Runs whose root is on S3, through plain spark-submit with {@code conf/spark/s3.conf}: data,
 * response log, resume points and model, over a network that breaks on the way.
 */
@Tag("endurance")
@TestInstance(Lifecycle.PER_CLASS)
final class S3IT {
  private static final int ROWS = Integer.getInteger("s3.rows", 120);
  private static final int LIMIT_MINUTES = 10;
  private static final int STEPS = 4;
  private static final String ROOT = "s3a://mill/runs";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private S3Server server;
  private BreakableLink link;
  private SparkHome home;
  private SparkSession spark;

  @BeforeAll
  void start() throws Exception {
    server = S3Server.start(folder.resolve("s3"));
    link = new BreakableLink(server.port());
    home = SparkHome.shared();
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.hadoop.fs.s3a.access.key", "test")
            .config("spark.hadoop.fs.s3a.secret.key", "test");
    S3Server.settings(server.port()).forEach(builder::config);
    spark = builder.getOrCreate();
    writeItems();
  }

  /** One small picture and many questions about it, each a request of its own. */
  private static void writeItems() throws IOException {
    Path items = Files.createDirectories(folder.resolve("items"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(0, 0, i % 12);
      ImageIO.write(picture, "png", items.resolve("picture-%d.png".formatted(i % 12)).toFile());
      lines.append(
          "{\"id\":\"%d\",\"image\":\"picture-%d.png\",\"q\":\"How many are in place %d?\"}%n"
              .formatted(i, i % 12, i));
    }
    Files.writeString(items.resolve("items.jsonl"), lines);
  }

  @AfterAll
  void stop() throws IOException {
    spark.stop();
    link.close();
    server.close();
  }

  @Test
  void theSixStepsGiveWhatTheyGiveOnADiskAndPayOnceThoughTheNetworkBreaks() throws Exception {
    try (CountingServer first = new CountingServer(50);
        CountingServer second = new CountingServer(50)) {
      Path local = config("local", folder.resolve("out").toString(), first);
      assertExit("local", submit("local", "local[2]", Map.of(), "build", local), 0);

      Path remote = config("remote", ROOT, second);
      Process driver =
          submit("remote", "local[2]", S3Server.settings(link.port()), "build", remote);
      awaitCalls(second, ROWS / 2, driver);
      link.cut();
      Thread.sleep(3_000);
      link.mend();
      assertExit("remote", driver, 0);

      assertThat(link.harmed()).as("connections that the cut harmed").isPositive();
      assertThat(digests(ROOT, "remote"))
          .isEqualTo(digests(folder.resolve("out").toString(), "local"));
      assertThat(second.requests()).isEqualTo(ROWS);
      assertThat(second.repeated()).isZero();

      int before = second.calls();
      Process again =
          submit(
              "again",
              "local[2]",
              S3Server.settings(link.port()),
              "build",
              remote,
              "--until",
              "distill",
              "--force",
              "distill");
      assertExit("again", again, 0);
      assertThat(second.calls()).as("calls of a step that is done again").isEqualTo(before);
      tell();
    }
  }

  /** For the log of measurements: what S3 costs, the cut included in distill. */
  private void tell() throws IOException {
    StringBuilder line = new StringBuilder("seconds on a disk and on S3:");
    for (StepName step : StepName.values()) {
      line.append(
          " %s %.1f %.1f"
              .formatted(
                  step.label(),
                  store(folder.resolve("out").toString(), "local")
                      .report(step)
                      .orElseThrow()
                      .seconds(),
                  store(ROOT, "remote").report(step).orElseThrow().seconds()));
    }
    System.out.println(line);
  }

  @Test
  void aTrainingThatIsKilledGoesOnFromItsResumePointOnS3() throws Exception {
    FileSystem files = new org.apache.hadoop.fs.Path(ROOT).getFileSystem(hadoop());
    String model = "s3a://mill/models/tiny";
    Path tiny = Path.of("../conf/models/tiny").toRealPath();
    upload(tiny, model, files);
    Path here = training(folder.resolve("out").toString(), tiny.toString());
    Path there = training(ROOT, model);
    assertExit("sft-local", submit("sft-local", "local[1]", Map.of(), "sft", here), 0);

    Map<String, String> settings = S3Server.settings(link.port());
    Process driver = submit("sft", "local[1]", settings, "sft", there);
    awaitCheckpoint(files, driver);
    driver.destroyForcibly().waitFor();
    assertThat(files.exists(new org.apache.hadoop.fs.Path(ROOT, "training/sft/model"))).isFalse();
    assertExit(
        "sft-resumed", submit("sft-resumed", "local[1]", settings, "sft", there, "--resume"), 0);

    assertThat(Files.readString(log("sft-resumed"))).contains("Going on behind step");
    assertThat(bytes(files, ROOT + "/training/sft/model/model.safetensors"))
        .isEqualTo(Files.readAllBytes(folder.resolve("out/training/sft/model/model.safetensors")));
    assertThat(new String(bytes(files, ROOT + "/training/sft/metrics.jsonl"), UTF_8).lines())
        .hasSize(STEPS);
    JsonNode status = JSON.readTree(bytes(files, ROOT + "/training/sft/_run/status.json"));
    assertThat(status.path("exit_code").asInt(-1)).isZero();
  }

  private static Path training(String root, String model) throws IOException {
    Path file = Files.createTempFile(folder, "sft", ".yaml");
    Files.writeString(
        file,
        """
        root: %s
        run_id: training
        model: {path: %s, train: [decoder, head]}
        data:
          procedural: {rows: 32, seed: 2, families: [counting], difficulty_levels: 1}
          held_out: 0
        prompt:
          system_prompt: Think, then answer.
          instructions: {}
          max_prompt_length: 256
          min_pixels: 3136
          max_pixels: 12544
        sft: {batch_size: 8, max_tokens_per_batch: 2048, max_length: 512}
        optimizer: {learning_rate: 0.0005, lr_scheduler_type: constant}
        run: {max_steps: %d, save_steps: 1, seed: 3}
        """
            .formatted(root, model, STEPS));
    return file;
  }

  private static void upload(Path from, String to, FileSystem files) throws IOException {
    try (Stream<Path> found = Files.list(from)) {
      for (Path file : found.toList()) {
        files.copyFromLocalFile(
            new org.apache.hadoop.fs.Path(file.toUri()),
            new org.apache.hadoop.fs.Path(to, file.getFileName().toString()));
      }
    }
  }

  private static void awaitCheckpoint(FileSystem files, Process driver) throws Exception {
    org.apache.hadoop.fs.Path points =
        new org.apache.hadoop.fs.Path(ROOT, "training/sft/checkpoints/*/state.json");
    while (driver.isAlive()) {
      FileStatus[] found = files.globStatus(points);
      if (found != null && found.length > 0) {
        return;
      }
      driver.waitFor(20, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("the driver ended without a resume point");
  }

  private static byte[] bytes(FileSystem files, String path) throws IOException {
    try (InputStream in = files.open(new org.apache.hadoop.fs.Path(path))) {
      return in.readAllBytes();
    }
  }

  private static Path config(String runId, String root, CountingServer reasoner)
      throws IOException {
    Path file = folder.resolve(runId + ".yaml");
    Files.writeString(
        file,
        """
        root: %s
        run_id: %s
        sources:
          - name: p
            path: %s
            map: {id: $.id, image: $.image, question: $.q, answer: "3", context: two rows}
        teachers:
          reasoner: {provider: openai, model: m, endpoints: [{url: "%s"}]}
        calls: {calls_in_flight: 4, sample_rows: 0}
        """
            .formatted(root, runId, folder.resolve("items/items.jsonl"), reasoner.url()));
    return file;
  }

  private Process submit(
      String name,
      String master,
      Map<String, String> settings,
      String command,
      Path config,
      String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--master", master));
    Map<String, String> all = new TreeMap<>(settings);
    all.put("spark.ui.enabled", "false");
    all.put("spark.sql.shuffle.partitions", "2");
    all.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.addAll(
        List.of(
            "--class",
            "org.sightmill.jobs.cli.Sightmill",
            System.getProperty("sightmill.jar"),
            command,
            "--config",
            config.toString()));
    arguments.addAll(List.of(more));
    return home.start(
        folder,
        log(name),
        List.of(
            "-Xmx1g",
            "-Dai.djl.pytorch.num_threads=1", // several crawl where cores are busy
            "-Dai.djl.pytorch.num_interop_threads=1"),
        "org.apache.spark.deploy.SparkSubmit",
        arguments,
        S3Server.KEYS);
  }

  private static Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static void awaitCalls(CountingServer server, int calls, Process driver)
      throws InterruptedException {
    while (server.calls() < calls && driver.isAlive()) {
      driver.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private static void assertExit(String name, Process driver, int code) throws Exception {
    boolean ended = driver.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    String log = Files.readString(log(name));
    if (!ended) {
      driver.destroyForcibly();
    }
    assertThat(ended).as("%s ended in time; its log:%n%s", name, log).isTrue();
    assertThat(driver.exitValue()).as("exit code of %s; its log:%n%s", name, log).isEqualTo(code);
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private RunStore store(String root, String runId) {
    return new RunStore(new RunLayout(root, runId), hadoop());
  }

  private Map<StepName, String> digests(String root, String runId) {
    RunStore store = store(root, runId);
    Map<StepName, String> digests = new EnumMap<>(StepName.class);
    for (StepName step : StepName.values()) {
      digests.put(step, ContentDigest.of(store.rows(spark, store.report(step).orElseThrow())));
    }
    return digests;
  }
}
