package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.ContentDigest;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * The main job on real pictures and procedural ones, through plain spark-submit: in local mode, on
 * local-cluster and on a standalone master with two workers, with processes killed on the way.
 * Whatever happens, the output is the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class BuildIT {
  private static final int LIMIT_MINUTES = 10;
  private static final int PROCEDURAL_ROWS = Integer.getInteger("build.rows", 300);

  @TempDir static Path folder;
  private StandaloneCluster cluster;
  private Path real;
  private Map<StepName, String> expected;
  private SparkSession spark;

  @BeforeAll
  void buildLocally() throws Exception {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
    real = RealSources.layOut(folder);
    run("local", "local[2]", "local");
    expected = digest("local");
  }

  @AfterAll
  void stop() {
    spark.stop();
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void whatASourceBringsDecidesHowFarItsRowsGo() throws IOException {
    StepReport distill = report("local", StepName.DISTILL);
    assertThat(distill.reasons())
        .filteredOn(reason -> reason.code() == RejectReason.REASONER_UNSERVED)
        .isEmpty();
    StepReport caption = report("local", StepName.CAPTION);
    assertThat(caption.reasons())
        .filteredOn(reason -> reason.code() == RejectReason.CAPTIONER_UNSERVED)
        .extracting(ReasonCount::source)
        .containsExactlyInAnyOrder("mathvision", "dynamath");
    StepReport curate = report("local", StepName.CURATE);
    assertThat(curate.bySource().keySet())
        .contains("puzzlevqa", "bccd", "procedural")
        .doesNotContain("mathvision", "dynamath");
    assertThat(curate.subsets()).containsKeys("sft", "rl", "aha");
    assertThat(curate.subsets().values()).allMatch(rows -> rows > 0);
  }

  @Test
  void aSecondRunHasNothingToDo() throws Exception {
    List<String> before = startsOf("local");
    run("again", "local[2]", "local");
    assertThat(startsOf("local")).isEqualTo(before);
  }

  @Test
  void localClusterGivesTheSameOutput() throws Exception {
    run("local-cluster", "local-cluster[2,1,1024]", "local-cluster");
    assertThat(digest("local-cluster")).isEqualTo(expected);
  }

  @Test
  void aStandaloneClusterGivesTheSameOutputAndBothWorkersWork() throws Exception {
    run("standalone", cluster.masterUrl(), "standalone");
    assertThat(digest("standalone")).isEqualTo(expected);
    for (int worker = 0; worker < 2; worker++) {
      assertThat(executorLogs(worker)).anyMatch(log -> log.contains("Running task"));
    }
  }

  @Test
  void anExecutorKilledInEachStepChangesNothing() throws Exception {
    Process driver = submit("executor-killed", cluster.masterUrl(), "executor-killed");
    Killer killer = new Killer(folder.resolve("out/executor-killed"));
    killer.strikeIn(EnumSet.allOf(StepName.class), driver, anExecutorDies());
    assertExit("executor-killed", driver, 0);
    assertThat(killer.struck()).containsExactly(StepName.values());
    assertThat(digest("executor-killed")).isEqualTo(expected);
  }

  /** Kills each executor only once: a replacement is struck in the next step. */
  private BooleanSupplier anExecutorDies() {
    Set<Long> killed = new HashSet<>();
    return () ->
        cluster.executors().stream()
            .filter(executor -> !killed.contains(executor.pid()))
            .findFirst()
            .map(executor -> killed.add(executor.pid()) && executor.destroyForcibly())
            .orElse(false);
  }

  @Test
  void aKilledDriverContinuesWhereItWas() throws Exception {
    Process driver = submit("driver-killed", "local[2]", "driver-killed");
    new Killer(folder.resolve("out/driver-killed"))
        .strikeIn(Set.of(StepName.DISTILL), driver, () -> driver.destroyForcibly() != null);
    assertThat(driver.waitFor()).isNotZero();
    String caption = report("driver-killed", StepName.CAPTION).startedAt();
    assertThat(folder.resolve("out/driver-killed/3-distill/_report.json")).doesNotExist();

    run("driver-rerun", "local[2]", "driver-killed");
    assertThat(report("driver-killed", StepName.CAPTION).startedAt()).isEqualTo(caption);
    assertThat(digest("driver-killed")).isEqualTo(expected);
  }

  private void run(String name, String master, String runId) throws Exception {
    assertExit(name, submit(name, master, runId), 0);
  }

  private Process submit(String name, String master, String runId) throws IOException {
    List<String> options =
        List.of("--conf", "spark.executor.memory=1g", "--conf", "spark.ui.enabled=false");
    return cluster.submit(real, name, master, options, arguments(runId));
  }

  private List<String> arguments(String runId) {
    return List.of(
        "build",
        "--config",
        real.resolve("sources-real.yaml").toString(),
        "--set",
        "root=" + folder.resolve("out"),
        "--set",
        "run_id=" + runId,
        "--set",
        "sources.5.options.rows=" + PROCEDURAL_ROWS);
  }

  private void assertExit(String name, Process driver, int code) throws Exception {
    boolean ended = driver.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    String log = Files.readString(cluster.log(name));
    assertThat(ended).as("%s ended in time; its log:%n%s", name, log).isTrue();
    assertThat(driver.exitValue()).as("exit code of %s; its log:%n%s", name, log).isEqualTo(code);
  }

  private List<String> startsOf(String runId) throws IOException {
    List<String> starts = new ArrayList<>();
    for (StepName step : StepName.values()) {
      starts.add(report(runId, step).startedAt());
    }
    return starts;
  }

  private StepReport report(String runId, StepName step) throws IOException {
    Path file = folder.resolve("out").resolve(runId).resolve(step.folder()).resolve("_report.json");
    return Json.MAPPER.readValue(file.toFile(), StepReport.class);
  }

  /** One digest for each step. */
  private Map<StepName, String> digest(String runId) {
    RunStore store =
        new RunStore(
            new RunLayout(folder.resolve("out").toString(), runId),
            spark.sparkContext().hadoopConfiguration());
    Map<StepName, String> digests = new EnumMap<>(StepName.class);
    for (StepName step : StepName.values()) {
      digests.put(step, ContentDigest.of(store.rows(spark, store.report(step).orElseThrow())));
    }
    return digests;
  }

  private List<String> executorLogs(int worker) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cluster/work-" + worker))) {
      return files
          .filter(file -> file.getFileName().toString().equals("stderr"))
          .map(BuildIT::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
