package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightmill.jobs.cluster.Saboteur.Phase;
import org.sightmill.trainer.distributed.ClusterSettings;
import org.sightmill.trainer.distributed.SparkCrew;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GroupRollouts;
import org.sightmill.trainer.update.UpdateReport;

/**
 * GRPO steps on a standalone cluster of two workers that declare a GPU each, with executors killed
 * on the way. Whatever happens, the weights are those of one undisturbed process.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class CrewIT {
  private static final int STEPS = 4;
  private static final int EXECUTORS = 2;

  @TempDir static Path folder;
  private final List<UpdateReport> expected = new ArrayList<>();
  private Path model;
  private StandaloneCluster cluster;
  private SparkSession session;

  @BeforeAll
  void open() throws Exception {
    model = folder.resolve("model");
    TinyTraining.makeModel(model);
    try (Crew local = TinyTraining.localCrew(model)) {
      for (int step = 0; step < STEPS; step++) {
        expected.add(TinyTraining.step(local, step, new ArrayList<>()));
      }
    }
    cluster = StandaloneCluster.startWithGpus(folder.resolve("cluster"), EXECUTORS);
    session =
        SparkSession.builder()
            .master(cluster.masterUrl())
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "1g")
            .config("spark.executor.cores", "1")
            .config("spark.executor.resource.gpu.amount", "1")
            .config("spark.executor.extraClassPath", SparkHome.ownClasses())
            .config(
                "spark.executor.extraJavaOptions",
                "-Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1")
            .getOrCreate();
  }

  @AfterAll
  void close() {
    if (session != null) {
      session.stop();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private Saboteur crew() throws IOException, InterruptedException {
    JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
    while (spark.sc().statusTracker().getExecutorInfos().length < 1 + EXECUTORS
        || cluster.executors().size() < EXECUTORS) {
      Thread.sleep(50);
    }
    return new Saboteur(
        new SparkCrew(spark, ClusterSettings.DEFAULT, model.toString(), TinyTraining::worker),
        cluster);
  }

  private void step(Crew crew, int step, List<GroupRollouts> seen) {
    UpdateReport actual = TinyTraining.step(crew, step, seen);
    assertThat(actual.weightHash())
        .as("weights after step %d", step)
        .isEqualTo(expected.get(step).weightHash());
    assertThat(actual.gradientNorm()).isEqualTo(expected.get(step).gradientNorm());
    assertThat(actual.metrics().results()).isEqualTo(expected.get(step).metrics().results());
  }

  @Test
  void twoExecutorsTakeTheStepsOfOneProcessAndShareTheWork() throws Exception {
    List<GroupRollouts> seen = new ArrayList<>();
    try (Crew crew = crew()) {
      for (int step = 0; step < STEPS; step++) {
        step(crew, step, seen);
      }
    }
    assertThat(seen).extracting(GroupRollouts::device).containsOnly("cpu for gpu 0");
    Map<String, Long> shares =
        seen.stream().collect(Collectors.groupingBy(GroupRollouts::host, Collectors.counting()));
    assertThat(shares).hasSize(2);
    assertThat(shares.values())
        .allSatisfy(share -> assertThat(share).isGreaterThanOrEqualTo(seen.size() * 3L / 10));
  }

  @ParameterizedTest
  @CsvSource({"ROLLOUT, 150", "SCORING, 20", "UPDATE, 15"})
  void anExecutorKilledAtWorkLeavesNoTrace(Phase phase, int delayMillis) throws Exception {
    try (Saboteur crew = crew()) {
      for (int step = 0; step < STEPS; step++) {
        if (step == 2) {
          crew.plan(phase, 1, delayMillis);
        }
        step(crew, step, new ArrayList<>());
      }
      assertThat(crew.killed()).isEqualTo(1);
    }
  }

  @Test
  void allExecutorsKilledAtOnceTakeTheStepsSinceTheCheckpointAgain() throws Exception {
    try (Saboteur crew = crew()) {
      step(crew, 0, new ArrayList<>());
      crew.save(folder.resolve("state"));
      step(crew, 1, new ArrayList<>());
      crew.plan(Phase.UPDATE, 2, 20);
      for (int step = 2; step < STEPS; step++) {
        step(crew, step, new ArrayList<>());
      }
      assertThat(crew.killed()).isEqualTo(2);
    }
  }
}
