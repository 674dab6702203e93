package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.loss.LossNormaliser;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.update.FixedTree;
import org.sightmill.trainer.update.GradientBuckets;
import org.sightmill.trainer.update.ShardGradient;

/** One batch of unequal completions, differentiated in parts of several sizes. */
class ShardsTest {
  @TempDir static Path folder;
  private static Scope root;

  @BeforeAll
  static void open() {
    root = Scope.on(Device.cpu());
    TinySetups.model(root, folder);
  }

  @AfterAll
  static void close() {
    root.close();
  }

  @ParameterizedTest
  @EnumSource(LossType.class)
  void gradientsAndMetricsAreTheSameOverOneTwoAndFourShards(LossType type) throws IOException {
    try (GrpoWorker worker = worker(type, 3)) {
      List<TrainGroup> groups = groups(worker);
      float[] one = gradient(worker, groups, 1);
      assertThat(norm(one)).isGreaterThan(1e-3);
      for (int shards : List.of(2, 4)) {
        float[] many = gradient(worker, groups, shards);
        for (int i = 0; i < one.length; i++) {
          assertThat(many[i]).as("number %d", i).isCloseTo(one[i], within(2e-6f));
        }
      }
    }
  }

  /** Micro-batches of a part of a group, of two groups and of all four; a loss of each average. */
  @ParameterizedTest
  @EnumSource(
      value = LossType.class,
      names = {"GRPO", "DR_GRPO", "DAPO", "LUSPO"})
  void gradientsAndMetricsAreTheSameHoweverManyGroupsGoThroughTheModelTogether(LossType type)
      throws IOException {
    List<TrainGroup> groups;
    float[] alone;
    Map<String, Double> metrics;
    try (GrpoWorker worker = worker(type, 3)) {
      groups = groups(worker);
      alone = gradient(worker, groups, 1);
      metrics = metrics(worker, groups);
    }
    assertThat(metrics.get("kl")).isNotNegative();
    for (int together : List.of(8, 16)) {
      try (GrpoWorker worker = worker(type, together)) {
        float[] packed = gradient(worker, groups, 1);
        for (int i = 0; i < alone.length; i++) {
          assertThat(packed[i]).as("number %d", i).isCloseTo(alone[i], within(2e-6f));
        }
        Map<String, Double> measured = metrics(worker, groups);
        assertThat(measured).containsOnlyKeys(metrics.keySet());
        measured.forEach(
            (name, value) -> assertThat(value).as(name).isCloseTo(metrics.get(name), within(2e-6)));
      }
    }
  }

  private static GrpoWorker worker(LossType type, int microBatchSize) throws IOException {
    return new GrpoWorker(
        root,
        TinySetups.settings(folder),
        TinySetups.setup(type, TinySetups.inLoss(), new BatchSettings(16, 1, 1, 1, microBatchSize)),
        TinySetups.PROMPTS,
        ShardsTest::painted,
        TinySetups.LENGTHS);
  }

  /** A picture by its size. */
  private static byte[] painted(String size) throws IOException {
    int width = Integer.parseInt(size);
    BufferedImage image = new BufferedImage(width, 28, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, x % 28, 0xff0000 + 3 * x);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  /** Questions of unequal lengths, two of them about pictures of unequal sizes. */
  private static List<VisualSample> samples() {
    List<VisualSample> samples = new ArrayList<>(TinySetups.samples(4));
    samples.set(1, withPicture(samples.get(1), "28"));
    samples.set(3, withPicture(samples.get(3), "84"));
    return samples;
  }

  private static VisualSample withPicture(VisualSample sample, String size) {
    return new VisualSample(
        sample.sampleId(),
        size,
        sample.question(),
        sample.options(),
        sample.answer(),
        sample.answerType(),
        sample.response());
  }

  private static Map<String, Double> metrics(GrpoWorker worker, List<TrainGroup> groups) {
    UpdateTask task = task(groups, 1);
    try (Scope scope = worker.newScope();
        ShardGradient sum = worker.gradient(scope, task.shards().get(0), task)) {
      return sum.metrics().results();
    }
  }

  private static List<TrainGroup> groups(GrpoWorker worker) {
    List<VisualSample> samples = samples();
    List<TrainGroup> groups = new ArrayList<>();
    for (GroupPlan plan : new StepPlanner(1, 4, 4).groups(0, 4)) {
      GroupTask task = new GroupTask(plan, samples.get(plan.sampleIndex()));
      GroupRollouts rolled = worker.roll(List.of(task)).get(0);
      rolled = unequal(rolled);
      groups.add(new TrainGroup(rolled, new double[] {1, -0.5, 0.25, -1}, worker.score(rolled)));
    }
    return groups;
  }

  /** Cuts completions to different lengths: an untrained model never ends one itself. */
  private static GroupRollouts unequal(GroupRollouts group) {
    List<Rollout> cut = new ArrayList<>();
    for (int i = 0; i < group.rollouts().size(); i++) {
      Rollout rollout = group.rollouts().get(i);
      int length = 1 + (int) ((group.task().plan().position() + 2L * i) % rollout.tokens().length);
      cut.add(
          new Rollout(
              java.util.Arrays.copyOf(rollout.tokens(), length),
              java.util.Arrays.copyOf(rollout.logProbs(), length),
              rollout.finish(),
              rollout.text(),
              rollout.reward(),
              rollout.rewardParts(),
              rollout.verdict()));
    }
    return new GroupRollouts(group.task(), cut, null, 0, group.host(), group.device());
  }

  private static float[] gradient(GrpoWorker worker, List<TrainGroup> groups, int shards) {
    UpdateTask task = task(groups, shards);
    try (Scope scope = worker.newScope();
        ShardGradient sum =
            FixedTree.sum(
                task.shards().size(),
                i -> worker.gradient(scope, task.shards().get(i), task),
                ShardGradient::plus)) {
      return new GradientBuckets(worker.policy(), 1 << 24).read(sum.gradients()).get(0);
    }
  }

  private static UpdateTask task(List<TrainGroup> groups, int shards) {
    int tokens = 0;
    int width = 0;
    for (TrainGroup group : groups) {
      for (Rollout rollout : group.rolled().rollouts()) {
        tokens += rollout.tokens().length;
        width = Math.max(width, rollout.tokens().length);
      }
    }
    return new UpdateTask(
        0, Shard.cut(groups, shards), new LossNormaliser(16, tokens, 6, width), 0.1, 1e-3);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
