package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sightmill.trainer.data.PromptMaker;
import org.sightmill.trainer.data.PromptOutcome;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.Completion;
import org.sightmill.trainer.generate.Generator;
import org.sightmill.trainer.generate.SamplingSettings;
import org.sightmill.trainer.generate.StopCondition;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.reward.MixedReward;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.reward.RewardSettings;
import org.sightmill.trainer.update.MetricSums;

/**
 * Greedy answers, judged. Strict: right, and the text is exactly of the format; lenient: the answer
 * block is right as the reward reads it. Rows that can't be asked count as wrong.
 */
public final class Accuracy implements AutoCloseable {
  /** Questions that are answered side by side. */
  private static final int BATCH = 16;

  /** Any seed will do: greedy choice draws nothing. */
  private static final long[] NO_SEED = {0};

  private final Generator generator;
  private final PromptMaker prompts;
  private final MixedReward reward = MixedReward.withoutScorer(RewardSettings.DEFAULT, List.of());

  /** Over a policy that stays open as long as this is used. */
  public Accuracy(Scope scope, Policy policy, PromptMaker prompts, int maxTokens) {
    this.prompts = prompts;
    this.generator =
        new Generator(
            scope, policy, SamplingSettings.greedy(maxTokens, Set.of(prompts.endOfReply())));
  }

  /**
   * Means over the rows: {@code lenient}, {@code strict}, {@code format}, and the first two by
   * answer type, such as {@code strict/digit}.
   */
  public MetricSums of(List<VisualSample> samples) {
    MetricSums metrics = new MetricSums();
    for (int from = 0; from < samples.size(); from += BATCH) {
      batch(samples.subList(from, Math.min(samples.size(), from + BATCH)), metrics);
    }
    return metrics;
  }

  private void batch(List<VisualSample> samples, MetricSums metrics) {
    List<VisualSample> asked = new ArrayList<>();
    List<Prompt> ready = new ArrayList<>();
    for (VisualSample sample : samples) {
      if (prompts.prompt(sample) instanceof PromptOutcome.Ready prompt) {
        asked.add(sample);
        ready.add(prompt.prompt());
      } else {
        count(sample, Map.of(), metrics);
      }
    }
    if (ready.isEmpty()) {
      return;
    }
    List<List<Completion>> answers =
        generator.generate(
            ready, ready.stream().map(prompt -> NO_SEED).toList(), StopCondition.NEVER);
    for (int i = 0; i < asked.size(); i++) {
      count(asked.get(i), parts(asked.get(i), answers.get(i).get(0)), metrics);
    }
  }

  private Map<String, Double> parts(VisualSample sample, Completion completion) {
    Reward judged =
        reward.reward(
            new RewardRequest(
                sample.sampleId(),
                sample.answerType(),
                sample.question(),
                sample.imagePath(),
                sample.answer(),
                sample.choices(),
                prompts.text(completion.tokens()),
                completion.tokens().length));
    Map<String, Double> parts = new java.util.TreeMap<>(judged.parts());
    parts.put("lenient", judged.total());
    return parts;
  }

  private static void count(VisualSample sample, Map<String, Double> parts, MetricSums metrics) {
    String type = "/" + sample.answerType().label();
    double lenient = parts.getOrDefault("lenient", 0.0);
    double strict = parts.getOrDefault("strict", 0.0);
    metrics.mean("format", parts.getOrDefault("format", 0.0), 1);
    metrics.mean("lenient", lenient, 1);
    metrics.mean("lenient" + type, lenient, 1);
    metrics.mean("strict", strict, 1);
    metrics.mean("strict" + type, strict, 1);
  }

  @Override
  public void close() {
    generator.close();
  }
}
