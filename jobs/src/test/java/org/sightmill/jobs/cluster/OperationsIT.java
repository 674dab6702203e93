package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What those who operate a cluster rely on, on a standalone master with two workers: the presets of
 * {@code conf/spark}, the thin jar, numbers for Prometheus, event logs that the history server
 * reads, and drivers that run on the cluster.
 */
@Tag("endurance")
@TestInstance(Lifecycle.PER_CLASS)
final class OperationsIT {
  private static final int LIMIT_MINUTES = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private StandaloneCluster cluster;
  private Path config;
  // As Prometheus does: Spark sends it from /metrics/prometheus on to the same with a slash.
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  @BeforeAll
  void start() throws Exception {
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
    config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        root: %s
        sources: [{name: p, reader: procedural, options: {rows: 40, seed: 7}}]
        """
            .formatted(folder.resolve("out")));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void theThinJarRunsByThePresetShowsItsNumbersAndIsReadInTheHistory() throws Exception {
    Path events = Files.createDirectories(folder.resolve("events"));
    int ui = freePort();
    List<String> options =
        List.of(
            "--properties-file",
            Presets.file("cpu").toRealPath().toString(),
            "--jars",
            moduleJar("pipeline") + "," + moduleJar("trainer"),
            "--conf",
            "spark.executor.memory=1g",
            "--conf",
            "spark.ui.port=" + ui,
            "--conf",
            "spark.eventLog.enabled=true",
            "--conf",
            "spark.eventLog.dir=" + events.toUri());
    Process driver =
        cluster.submitJar(
            moduleJar("jobs"),
            folder,
            "thin",
            cluster.masterUrl(),
            options,
            List.of("build", "--config", config.toString(), "--run-id", "thin"));
    String metrics = lastMetrics(ui, driver);
    assertExit("thin", driver, 0);

    assertThat(metrics)
        .containsPattern("metrics_sightmill_driver_\\S*MetricsPlugin_rows_Value\\S* [1-9]")
        .containsPattern("MetricsPlugin_rows_collect_Value\\S* 40\\.0")
        .contains("MetricsPlugin_rows_rejected_Value")
        .contains("MetricsPlugin_input_tokens_Value")
        .contains("MetricsPlugin_cost_usd_Value")
        .contains("MetricsPlugin_reward_Value");
    theHistoryServerReads(events);
  }

  /** The numbers as they stood when a first step was committed and the driver still ran. */
  private String lastMetrics(int port, Process driver) throws Exception {
    String last = "";
    while (driver.isAlive()) {
      try {
        last = get("http://127.0.0.1:%d/metrics/prometheus".formatted(port));
      } catch (IOException e) {
        // The driver has not opened its pages, or has closed them.
      }
      driver.waitFor(200, TimeUnit.MILLISECONDS);
    }
    return last;
  }

  private void theHistoryServerReads(Path events) throws Exception {
    int port = freePort();
    try (AutoCloseable history =
        cluster.serve(
            "history",
            List.of(
                "-Dspark.history.fs.logDirectory=" + events.toUri(),
                "-Dspark.history.ui.port=" + port,
                "-Dspark.history.fs.update.interval=1s"),
            "org.apache.spark.deploy.history.HistoryServer")) {
      assertThat(history).isNotNull();
      String url = "http://127.0.0.1:%d/api/v1/applications".formatted(port);
      JsonNode application = awaited(url).path(0);
      assertThat(application.path("name").asText()).isEqualTo("sightmill build thin");
      assertThat(application.at("/attempts/0/completed").asBoolean()).isTrue();
      JsonNode jobs = awaited(url + "/" + application.path("id").asText() + "/jobs");
      List<String> groups = new ArrayList<>();
      jobs.forEach(job -> groups.add(job.path("jobGroup").asText()));
      assertThat(groups)
          .contains("1-collect", "2-caption", "3-distill", "4-rewrite", "5-verify", "6-curate");
      for (JsonNode job : jobs) {
        if (!job.path("jobGroup").asText().isEmpty()) {
          assertThat(job.path("description").asText()).as("%s", job).isNotBlank();
        }
      }
    }
  }

  private JsonNode awaited(String url) throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (System.nanoTime() < limit) {
      try {
        JsonNode answer = JSON.readTree(get(url));
        if (!answer.isEmpty()) {
          return answer;
        }
      } catch (IOException e) {
        // It is starting, or reading.
      }
      Thread.sleep(300);
    }
    throw new AssertionError(
        "nothing at %s; its log:%n%s".formatted(url, Files.readString(cluster.log("history"))));
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%d from %s".formatted(answer.statusCode(), url));
    }
    return answer.body();
  }

  @Test
  void aDriverOnTheClusterEndsWithTheSameStatus() throws Exception {
    assertExit("on-cluster", submitToCluster("on-cluster", "collect"), 0);
    JsonNode status = status("on-cluster");
    assertThat(status.path("exit_code").asInt(-1)).isZero();
    assertThat(status.path("command").asText()).isEqualTo("collect");
  }

  /** spark-submit ends with 0 whatever became of a driver on a standalone cluster. */
  @Test
  void aStepWithoutInputFailsOnTheClusterAndItsStatusSaysWhy() throws Exception {
    Process driver =
        submitToCluster("no-input", "distill"); // without the steps before it, nothing to read
    assertThat(driver.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(status("no-input").path("exit_code").asInt()).isEqualTo(2);
    assertThat(status("no-input").path("messages").path(0).asText())
        .contains("step distill needs the output of caption");
  }

  /** The driver takes one worker's core, the executor the other's. */
  private Process submitToCluster(String runId, String command) throws IOException {
    List<String> options =
        List.of(
            "--deploy-mode",
            "cluster",
            "--driver-memory",
            "1g",
            "--conf",
            "spark.executor.memory=1g",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.standalone.submit.waitAppCompletion=true");
    return cluster.submit(
        folder,
        runId,
        cluster.masterUrl(),
        options,
        List.of(command, "--config", config.toString(), "--run-id", runId));
  }

  private static JsonNode status(String runId) throws IOException {
    return JSON.readTree(folder.resolve("out").resolve(runId).resolve("_run/status.json").toFile());
  }

  /** A module's own jar, as {@code mvn package} leaves it. */
  private static String moduleJar(String module) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("..", module, "target").toRealPath())) {
      return jars.filter(
              jar -> jar.getFileName().toString().matches("sightmill-[a-z]+-\\d.*\\.jar"))
          .filter(jar -> !jar.toString().endsWith("-tests.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(module + " has no jar"))
          .toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private void assertExit(String name, Process driver, int code) throws Exception {
    boolean ended = driver.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    String log = Files.readString(cluster.log(name));
    assertThat(ended).as("%s ended in time; its log:%n%s", name, log).isTrue();
    assertThat(driver.exitValue()).as("exit code of %s; its log:%n%s", name, log).isEqualTo(code);
  }
}
