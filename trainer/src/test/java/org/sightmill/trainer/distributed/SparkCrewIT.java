package org.sightmill.trainer.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.grpo.BatchSettings;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GroupPlan;
import org.sightmill.trainer.grpo.GroupRollouts;
import org.sightmill.trainer.grpo.GroupScores;
import org.sightmill.trainer.grpo.GroupTask;
import org.sightmill.trainer.grpo.GrpoSetup;
import org.sightmill.trainer.grpo.GrpoWorker;
import org.sightmill.trainer.grpo.LocalCrew;
import org.sightmill.trainer.grpo.Rollout;
import org.sightmill.trainer.grpo.Shard;
import org.sightmill.trainer.grpo.StepPlanner;
import org.sightmill.trainer.grpo.TinySetups;
import org.sightmill.trainer.grpo.TrainGroup;
import org.sightmill.trainer.grpo.UpdateTask;
import org.sightmill.trainer.loss.LossNormaliser;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.sft.LocalSftCrew;
import org.sightmill.trainer.sft.SftCrew;
import org.sightmill.trainer.sft.SftSettings;
import org.sightmill.trainer.sft.SftShard;
import org.sightmill.trainer.sft.SftTask;
import org.sightmill.trainer.sft.SftWorker;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.MemoryNeed;
import org.sightmill.trainer.update.UpdateReport;

/** What a crew on Spark computes is what one process computes, to the last bit. */
final class SparkCrewIT {
  private static final int GROUPS = 4;
  private static final int SHARDS = 3;

  private static final SftSettings SFT = new SftSettings(6, 400, SHARDS, 300);

  @TempDir static Path folder;
  private static Scope root;
  private static Path model;
  private static SparkSession session;
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() {
    root = Scope.on(Device.cpu());
    model = TinySetups.model(root, folder.resolve("model"));
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    session.stop();
    root.close();
  }

  private static GrpoSetup setup() {
    return TinySetups.setup(
        LossType.DAPO, TinySetups.inLoss(), new BatchSettings(16, 1, 1, SHARDS, 3));
  }

  private static GrpoWorker worker(Scope scope, Path path) throws IOException {
    return new GrpoWorker(
        scope,
        TinySetups.settings(path),
        setup(),
        TinySetups.PROMPTS,
        TinySetups.NO_PICTURES,
        TinySetups.LENGTHS);
  }

  private static Crew localCrew() throws IOException {
    return LocalCrew.open(
        Hardware.CPU,
        TinySetups.settings(model),
        setup(),
        TinySetups.PROMPTS,
        TinySetups.NO_PICTURES,
        TinySetups.LENGTHS);
  }

  private static SparkCrew sparkCrew() throws IOException {
    return new SparkCrew(spark, ClusterSettings.DEFAULT, model.toString(), SparkCrewIT::worker);
  }

  /** A step as the recipe makes it: sample, score, update. */
  private static UpdateReport step(Crew crew, long version) {
    List<VisualSample> samples = TinySetups.samples(GROUPS);
    List<List<GroupTask>> batches = new ArrayList<>();
    for (GroupPlan plan : new StepPlanner(1, GROUPS, 4).groups(version * GROUPS, GROUPS)) {
      batches.add(List.of(new GroupTask(plan, samples.get(plan.sampleIndex()))));
    }
    List<GroupRollouts> rolled = crew.roll(batches);
    List<GroupScores> scores = crew.score(rolled);
    List<TrainGroup> groups = new ArrayList<>();
    int tokens = 0;
    for (int i = 0; i < rolled.size(); i++) {
      groups.add(new TrainGroup(rolled.get(i), new double[] {1, -0.5, 0.25, -1}, scores.get(i)));
      tokens += rolled.get(i).rollouts().stream().mapToInt(r -> r.tokens().length).sum();
    }
    return crew.update(
        new UpdateTask(
            version, Shard.cut(groups, SHARDS), new LossNormaliser(16, tokens, 6, 6), 0.1, 1e-3));
  }

  @Test
  void aModelThatDoesNotFitIsRefusedAsInOneProcess() throws IOException {
    MemoryNeed need =
        new MemoryNeed(
            TinySetups.settings(model),
            new MemoryPlan.Load(4, 200, PassMode.KEEP_ACTIVATIONS),
            true,
            1L << 20);
    GrpoWorkerFactory factory =
        (scope, path) -> {
          need.requireRoom(path, scope);
          return worker(scope, path);
        };
    try (Crew cluster = new SparkCrew(spark, ClusterSettings.DEFAULT, model.toString(), factory)) {
      assertThatThrownBy(() -> step(cluster, 0))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("model " + model)
          .hasMessageMatching(
              "(?s).*the run needs at least \\d+ MiB but the device has 1: weights \\d+, reference"
                  + " \\d+, masters 0, .*");
    }
  }

  @Test
  void takesTheStepsOfOneProcess() throws IOException {
    try (Crew local = localCrew();
        Crew cluster = sparkCrew()) {
      for (long version = 0; version < 3; version++) {
        UpdateReport expected = step(local, version);
        UpdateReport actual = step(cluster, version);
        assertThat(actual.weightHash()).isEqualTo(expected.weightHash());
        assertThat(actual.gradientNorm()).isEqualTo(expected.gradientNorm());
        assertThat(actual.metrics().results()).isEqualTo(expected.metrics().results());
      }
    }
  }

  @Test
  void goesOnFromACheckpointOfOneProcess() throws IOException {
    Path state = folder.resolve("state");
    try (Crew local = localCrew()) {
      step(local, 0);
      local.save(Files.createDirectories(state));
      UpdateReport expected = step(local, 1);
      try (Crew cluster = sparkCrew()) {
        cluster.load(state, 1);
        assertThat(step(cluster, 1).weightHash()).isEqualTo(expected.weightHash());
        cluster.save(folder.resolve("state-2"));
        cluster.export(folder.resolve("export"));
      }
      local.load(folder.resolve("state-2"), 2);
      UpdateReport next = step(local, 2);
      try (Crew fresh = localCrew()) {
        step(fresh, 0);
        step(fresh, 1);
        assertThat(next.weightHash()).isEqualTo(step(fresh, 2).weightHash());
      }
    }
    assertThat(folder.resolve("export/model.safetensors")).exists();
    assertThat(folder.resolve("export/config.json")).exists();
  }

  @Test
  void refusesAStepThatDoesNotFollow() throws IOException {
    try (Crew cluster = sparkCrew()) {
      assertThatThrownBy(() -> step(cluster, 5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the executors are at version 0, not 5");
    }
  }

  @Test
  void supervisedStepsAreThoseOfOneProcess() throws IOException {
    List<VisualSample> samples = TinySetups.samples(6);
    try (SftCrew local =
            LocalSftCrew.open(
                Hardware.CPU,
                TinySetups.settings(model),
                SFT,
                TinySetups.optimizer(1e-3),
                TinySetups.PROMPTS,
                TinySetups.NO_PICTURES);
        SftCrew cluster =
            new SparkSftCrew(
                spark, ClusterSettings.DEFAULT, model.toString(), SparkCrewIT::sftWorker)) {
      for (long version = 0; version < 3; version++) {
        SftTask task = new SftTask(version, SftShard.cut(samples, SHARDS), 1e-3);
        UpdateReport expected = local.update(task);
        UpdateReport actual = cluster.update(task);
        assertThat(actual.weightHash()).isEqualTo(expected.weightHash());
        assertThat(actual.metrics().results()).isEqualTo(expected.metrics().results());
      }
      assertThat(cluster.evaluate(samples).results()).isEqualTo(local.evaluate(samples).results());
    }
  }

  private static SftWorker sftWorker(Scope scope, Path path) throws IOException {
    return new SftWorker(
        scope,
        TinySetups.settings(path),
        SFT,
        TinySetups.optimizer(1e-3),
        TinySetups.PROMPTS,
        TinySetups.NO_PICTURES);
  }

  @Test
  void completionsHaveAllTheirTokens() throws IOException {
    try (Crew cluster = sparkCrew()) {
      VisualSample sample = TinySetups.samples(1).get(0);
      GroupPlan plan = new StepPlanner(1, 1, 4).groups(0, 1).get(0);
      GroupRollouts rolled = cluster.roll(List.of(List.of(new GroupTask(plan, sample)))).get(0);
      assertThat(rolled.rollouts()).extracting(Rollout::tokens).doesNotContainNull().hasSize(4);
      assertThat(rolled.policyVersion()).isZero();
    }
  }
}
