package org.sightmill.jobs.cluster;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.data.TinyBase;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.grpo.AdvantageSettings;
import org.sightmill.trainer.grpo.BatchSettings;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GroupPlan;
import org.sightmill.trainer.grpo.GroupRollouts;
import org.sightmill.trainer.grpo.GroupScores;
import org.sightmill.trainer.grpo.GroupTask;
import org.sightmill.trainer.grpo.GrpoSetup;
import org.sightmill.trainer.grpo.GrpoWorker;
import org.sightmill.trainer.grpo.KlSettings;
import org.sightmill.trainer.grpo.LocalCrew;
import org.sightmill.trainer.grpo.ObjectiveSettings;
import org.sightmill.trainer.grpo.RolloutSettings;
import org.sightmill.trainer.grpo.Shard;
import org.sightmill.trainer.grpo.StepPlanner;
import org.sightmill.trainer.grpo.TrainGroup;
import org.sightmill.trainer.grpo.UpdateTask;
import org.sightmill.trainer.loss.ImportanceLevel;
import org.sightmill.trainer.loss.KlEstimator;
import org.sightmill.trainer.loss.LossNormaliser;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.model.ModelPart;
import org.sightmill.trainer.optim.LearningRate;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.token.MergeLearner;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.UpdateReport;

/**
 * GRPO on a random model of a few thousand weights with painted pictures: all of it in a second.
 */
final class TinyTraining {
  private static final int GROUPS = 8;
  private static final int SHARDS = 4;
  private static final int GENERATIONS = 4;
  private static final PromptSettings PROMPTS = new PromptSettings("Answer.", Map.of(), 200, 0, 0);

  private TinyTraining() {}

  static void makeModel(Path folder) throws IOException {
    new TinyBase(64, 1, 28 * 28, 3).write(new MergeLearner(), 0, folder);
  }

  /** A worker whose rewards take their time, so that kills find something to hit. */
  static GrpoWorker worker(Scope root, Path model) throws IOException {
    return new GrpoWorker(
        root, settings(model), setup(), PROMPTS, TinyTraining::painted, TinyTraining::rewards);
  }

  /** The same work in this process. */
  static Crew localCrew(Path model) throws IOException {
    return LocalCrew.open(
        Hardware.CPU,
        settings(model),
        setup(),
        PROMPTS,
        TinyTraining::painted,
        TinyTraining::rewards);
  }

  private static ModelSettings settings(Path model) {
    return new ModelSettings(
        model.toString(), ComputeType.FLOAT32, EnumSet.noneOf(ModelPart.class), null, false);
  }

  private static GrpoSetup setup() {
    return new GrpoSetup(
        new RolloutSettings(GENERATIONS, 1, 1, 0, 0, 1, 8, 1),
        new ObjectiveSettings(
            LossType.DAPO,
            ImportanceLevel.TOKEN,
            0.2,
            null,
            null,
            false,
            ObjectiveSettings.ImportanceCorrection.NONE,
            3),
        new KlSettings(
            0.1, KlSettings.Place.LOSS, KlEstimator.K3, KlSettings.Control.ADAPTIVE, 5e-4, 10_000),
        AdvantageSettings.DEFAULT,
        new BatchSettings(GROUPS * GENERATIONS, 1, 1, SHARDS, 4),
        new OptimizerSettings(
            1e-3, LearningRate.Schedule.CONSTANT, 0, 0, 1, 0.9, 0.999, 1e-8, 0, 2));
  }

  private static byte[] painted(String path) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    int shade = Integer.parseInt(path) * 16;
    for (int x = 0; x < 28; x++) {
      for (int y = 0; y < 28; y++) {
        image.setRGB(x, y, new Color(shade, x * 9, y * 9).getRGB());
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static List<Reward> rewards(List<RewardRequest> requests) {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return requests.stream().map(TinyTraining::reward).toList();
  }

  private static Reward reward(RewardRequest request) {
    double even = request.completion().chars().filter(c -> c % 2 == 0).count() / 8.0;
    return new Reward(even, Map.of("digit", even), Verdict.EQUAL, null, "made up");
  }

  private static List<VisualSample> samples() {
    return IntStream.range(0, GROUPS)
        .mapToObj(
            i ->
                new VisualSample(
                    "s" + i,
                    Integer.toString(i),
                    "How many are there?",
                    List.of(),
                    "1",
                    AnswerType.DIGIT,
                    null))
        .toList();
  }

  /** A step as the recipe makes it: sample, score, update. */
  static UpdateReport step(Crew crew, long version, List<GroupRollouts> seen) {
    List<VisualSample> samples = samples();
    List<List<GroupTask>> batches = new ArrayList<>();
    for (GroupPlan plan :
        new StepPlanner(1, GROUPS, GENERATIONS).groups(version * GROUPS, GROUPS)) {
      batches.add(List.of(new GroupTask(plan, samples.get(plan.sampleIndex()))));
    }
    List<GroupRollouts> rolled = crew.roll(batches);
    seen.addAll(rolled);
    List<GroupScores> scores = crew.score(rolled);
    List<TrainGroup> groups = new ArrayList<>();
    int tokens = 0;
    for (int i = 0; i < rolled.size(); i++) {
      groups.add(new TrainGroup(rolled.get(i), advantages(rolled.get(i)), scores.get(i)));
      tokens += rolled.get(i).rollouts().stream().mapToInt(r -> r.tokens().length).sum();
    }
    return crew.update(
        new UpdateTask(
            version,
            Shard.cut(groups, SHARDS),
            new LossNormaliser(GROUPS * GENERATIONS, tokens, 8, 8),
            0.1,
            1e-3));
  }

  private static double[] advantages(GroupRollouts group) {
    double[] rewards = group.rewards();
    double mean = java.util.Arrays.stream(rewards).average().orElseThrow();
    return java.util.Arrays.stream(rewards).map(reward -> reward - mean).toArray();
  }
}
