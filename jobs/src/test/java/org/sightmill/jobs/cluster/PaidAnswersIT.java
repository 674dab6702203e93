package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is paid for when processes are killed, by the account that the model server keeps: the main
 * job by spark-submit on a standalone master with up to four workers.
 */
@Tag("endurance")
@TestInstance(Lifecycle.PER_CLASS)
final class PaidAnswersIT {
  private static final int WORKERS = 4;
  private static final int FEW_WORKERS = 2;

  /** For runs that nothing kills: what was paid for is theirs whatever the master. */
  private static final String LOCAL = "local[2]";

  private static final int CALLS_IN_FLIGHT = 8;
  private static final int ROWS = 1_200;
  private static final int LIMIT_MINUTES = 10;
  private static final double CALL_USD = 0.01;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private StandaloneCluster cluster;
  private CountingServer server;

  @BeforeAll
  void startCluster() throws Exception {
    writeItems();
    cluster = StandaloneCluster.start(folder.resolve("cluster"), WORKERS);
  }

  /** One small picture and many questions about it, each a request of its own. */
  private static void writeItems() throws IOException {
    Path items = Files.createDirectories(folder.resolve("items"));
    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", items.resolve("picture.png").toFile());
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      lines.append(
          "{\"id\":\"%d\",\"image\":\"picture.png\",\"q\":\"How many are in place %d?\"}%n"
              .formatted(i, i));
    }
    Files.writeString(items.resolve("items.jsonl"), lines);
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new CountingServer(150);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** One run in four lives: ended by a signal, killed, with an executor killed, and done again. */
  @Test
  void aStopLosesNothingAndKilledProcessesCostNoMoreThanTheCallsInFlight() throws Exception {
    Process stopped = submit(FEW_WORKERS, "stopped", "kill", 100, "--until", "distill");
    awaitCalls(ROWS / 4, stopped);
    stopped.destroy();
    assertExit("stopped", stopped, 4);
    assertThat(status("kill").path("state").asText()).isEqualTo("stopped");
    assertThat(status("kill").path("messages").path(0).asText())
        .startsWith("step distill stopped: it was asked to by SIGTERM");
    assertThat(server.calls()).isLessThan(ROWS - ROWS / 4);

    Process killed = submit(FEW_WORKERS, "kill-driver", "kill", 100, "--until", "distill");
    awaitCalls(ROWS / 2, killed);
    killed.destroyForcibly();
    killed.waitFor();
    awaitQuiet();
    assertThat(server.repeated()).as("calls that the stop cost").isZero();
    int before = server.calls();
    assertThat(before).isLessThan(ROWS);

    Process finished = submit(FEW_WORKERS, "kill-executor", "kill", 100, "--until", "distill");
    awaitCalls(before + ROWS / 6, finished);
    List<ProcessHandle> executors = cluster.executors();
    assertThat(executors).isNotEmpty();
    executors.get(0).destroyForcibly();
    assertExit("kill-executor", finished, 0);

    // Two kills: of every task at once, and of one.
    int bound = FEW_WORKERS * CALLS_IN_FLIGHT + CALLS_IN_FLIGHT;
    assertThat(server.requests()).isEqualTo(ROWS);
    assertThat(server.repeated()).isLessThanOrEqualTo(bound);
    assertThat(report("kill").at("/counts/out").asInt()).isEqualTo(ROWS);

    int calls = server.calls();
    Process again = submitLocally("again", "kill", 100, "--until", "distill", "--force", "distill");
    assertExit("again", again, 0);
    assertThat(server.calls()).isEqualTo(calls);
    assertThat(report("kill").at("/counts/out").asInt()).isEqualTo(ROWS);
  }

  @Test
  void executorsThatComeAndGoNeverSpendMoreThanTheBudget() throws Exception {
    double budgetUsd = 10;
    Process driver = submit(WORKERS, "budget", "budget", budgetUsd, "--until", "distill");
    Random random = new Random(5);
    for (int kill = 1; kill <= 4; kill++) {
      awaitCalls(150 * kill, driver);
      List<ProcessHandle> executors = cluster.executors();
      if (!executors.isEmpty()) {
        executors.get(random.nextInt(executors.size())).destroyForcibly();
      }
    }
    assertExit("budget", driver, 4);
    assertThat(status("budget").path("messages").path(0).asText())
        .contains("teachers.reasoner.budget_usd of 10.000000 USD is reached");
    assertThat(server.calls() * CALL_USD).isLessThanOrEqualTo(budgetUsd);
    assertThat(server.calls()).isGreaterThan(600);

    assertExit("more", submitLocally("more", "budget", 3 * budgetUsd, "--until", "distill"), 0);
    assertThat(server.requests()).isEqualTo(ROWS);
  }

  private Process submit(int workers, String name, String runId, double budgetUsd, String... more)
      throws IOException {
    String cores = "spark.cores.max=" + workers; // each has one
    return submitTo(cluster.masterUrl(), List.of("--conf", cores), name, runId, budgetUsd, more);
  }

  private Process submitLocally(String name, String runId, double budgetUsd, String... more)
      throws IOException {
    return submitTo(LOCAL, List.of(), name, runId, budgetUsd, more);
  }

  private Process submitTo(
      String master,
      List<String> moreOptions,
      String name,
      String runId,
      double budgetUsd,
      String... more)
      throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        root: %s
        run_id: %s
        sources:
          - name: p
            path: %s
            map: {id: $.id, image: $.image, question: $.q, answer: "3", context: two rows}
        teachers:
          reasoner:
            provider: openai
            model: m
            endpoints: [{url: "%s"}]
            budget_usd: %s
            prices: {usd_per_request: %s}
        calls: {calls_in_flight: %d, rows_buffered: 64, sample_rows: 0}
        """
            .formatted(
                folder.resolve("out-" + runId),
                runId,
                folder.resolve("items/items.jsonl"),
                server.url(),
                budgetUsd,
                CALL_USD,
                CALLS_IN_FLIGHT));
    List<String> options = new ArrayList<>(moreOptions);
    options.addAll(
        List.of(
            "--conf", "spark.executor.memory=512m",
            "--conf", "spark.ui.enabled=false",
            "--conf", "spark.task.maxFailures=20",
            "--conf", "spark.excludeOnFailure.enabled=false",
            "--conf", "spark.deploy.maxExecutorRetries=-1",
            "--conf", "spark.sql.leafNodeDefaultParallelism=4",
            "--conf", "spark.sql.files.openCostInBytes=0",
            "--conf", "spark.sql.files.maxPartitionBytes=8k"));
    List<String> arguments = new ArrayList<>(List.of("build", "--config", config.toString()));
    arguments.addAll(List.of(more));
    return cluster.submit(folder, name, master, options, arguments);
  }

  private void awaitCalls(int calls, Process driver) throws InterruptedException {
    while (server.calls() < calls && driver.isAlive()) {
      driver.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  /** Executors outlive a killed driver for a moment. */
  private void awaitQuiet() throws InterruptedException {
    int seen = -1;
    while (server.calls() != seen || !cluster.executors().isEmpty()) {
      seen = server.calls();
      Thread.sleep(500);
    }
  }

  private void assertExit(String name, Process driver, int code) throws Exception {
    boolean ended = driver.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    String log = Files.readString(cluster.log(name));
    assertThat(ended).as("%s ended in time; its log:%n%s", name, log).isTrue();
    assertThat(driver.exitValue()).as("exit code of %s; its log:%n%s", name, log).isEqualTo(code);
  }

  private JsonNode report(String runId) throws IOException {
    return JSON.readTree(run(runId).resolve("3-distill/_report.json").toFile());
  }

  private JsonNode status(String runId) throws IOException {
    return JSON.readTree(run(runId).resolve("_run/status.json").toFile());
  }

  private Path run(String runId) {
    return folder.resolve("out-" + runId).resolve(runId);
  }

  /** No lease and no claim stays behind, whatever was killed. */
  @AfterEach
  void nobodyHoldsALog() throws IOException {
    try (Stream<Path> outs = Files.list(folder)) {
      for (Path out :
          outs.filter(path -> path.getFileName().toString().startsWith("out-")).toList()) {
        assertThat(out.resolve("_responses/_lease")).isEmptyDirectory();
      }
    }
  }
}
