package org.sightmill.trainer.grpo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.data.TinyBase;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.loss.ImportanceLevel;
import org.sightmill.trainer.loss.KlEstimator;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.model.ModelPart;
import org.sightmill.trainer.optim.LearningRate;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.token.ByteTokenizer;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;

/** A tiny model and settings that the tests of training share. */
public final class TinySetups {
  public static final PictureSource NO_PICTURES = path -> new byte[0];

  public static final PromptSettings PROMPTS = new PromptSettings("Answer.", Map.of(), 200, 0, 0);

  /** Earns the share of even token ids: learnable, and never the same in all of a group. */
  public static final Rewarder LENGTHS =
      requests ->
          requests.stream()
              .map(
                  request ->
                      reward(request.completion().chars().filter(c -> c % 2 == 0).count() / 8.0))
              .toList();

  private TinySetups() {}

  static Reward reward(double value) {
    return new Reward(value, Map.of("digit", value), Verdict.EQUAL, null, "made up");
  }

  public static Path model(Scope scope, Path folder) {
    try {
      Files.createDirectories(folder);
      Path tokenizer = folder.resolve("tokenizer.json");
      ByteTokenizer.write(tokenizer);
      new TinyBase(64, 1, 28 * 28, 3).write(scope, tokenizer, folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ModelSettings settings(Path model) {
    return new ModelSettings(
        model.toString(), ComputeType.FLOAT32, EnumSet.noneOf(ModelPart.class), null, false);
  }

  public static ModelSettings lora(Path model) {
    return lora(model, 2, null);
  }

  /** Adapters that go on from a folder, or new ones. */
  public static ModelSettings lora(Path model, int rank, Path adapters) {
    return new ModelSettings(
        model.toString(),
        ComputeType.FLOAT32,
        EnumSet.noneOf(ModelPart.class),
        new ModelSettings.Lora(
            rank,
            2 * rank,
            EnumSet.noneOf(org.sightmill.trainer.model.LoraTarget.class),
            adapters == null ? null : adapters.toString()),
        false);
  }

  public static List<VisualSample> samples(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(
            i ->
                new VisualSample(
                    "s" + i,
                    null,
                    "Say " + "ab".repeat(i % 3) + i,
                    List.of(),
                    "1",
                    AnswerType.DIGIT,
                    "<think>" + i + "</think><answer>1</answer>"))
        .toList();
  }

  public static GrpoSetup setup(LossType type, KlSettings kl, BatchSettings batch) {
    return new GrpoSetup(
        new RolloutSettings(4, 1, 1, 0, 0, 1, 6, 1),
        new ObjectiveSettings(
            type,
            ImportanceLevel.TOKEN,
            0.2,
            null,
            null,
            false,
            ObjectiveSettings.ImportanceCorrection.NONE,
            3),
        kl,
        AdvantageSettings.DEFAULT,
        batch,
        optimizer(1e-3));
  }

  public static OptimizerSettings optimizer(double learningRate) {
    return new OptimizerSettings(
        learningRate, LearningRate.Schedule.CONSTANT, 0, 0, 1, 0.9, 0.999, 1e-8, 0, 2);
  }

  public static KlSettings inLoss() {
    return new KlSettings(
        0.1, KlSettings.Place.LOSS, KlEstimator.K3, KlSettings.Control.ADAPTIVE, 5e-4, 10_000);
  }
}
