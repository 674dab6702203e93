package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.model.CompletionPass;
import org.sightmill.trainer.model.GoldenFixture;
import org.sightmill.trainer.model.GoldenModel;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.model.QwenConfig;

class GenerateGoldenTest extends GoldenFixture {
  private static final float TOLERANCE = 1e-4f;

  /** Logits that differ by no more than this may come in either order. */
  private static final double NEAR_TIE = 1e-3;

  private static Policy policy;

  @BeforeAll
  static void load() {
    policy = Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32));
  }

  @Test
  void greedyTokensThroughTheCacheEqualTheReferencesWithoutOne() {
    int length = golden.at("/greedy/rows").get(0).path("tokens").size();
    List<List<Completion>> found =
        generate(SamplingSettings.greedy(length, Set.of()), 1, StopCondition.NEVER);
    for (JsonNode row : golden.at("/greedy/rows")) {
      int index = row.path("row").asInt();
      int[] expected = GoldenModel.ints(row.path("tokens"));
      int certain = certainTokens(golden.forwardPrompts().get(index), expected);
      assertThat(certain).as("tokens before a near tie in row %d", index).isPositive();
      Completion completion = found.get(index).get(0);
      assertThat(Arrays.copyOf(completion.tokens(), certain))
          .containsExactly(Arrays.copyOf(expected, certain));
      assertThat(Arrays.copyOf(completion.logProbs(), certain))
          .containsExactly(
              Arrays.copyOf(GoldenModel.numbers(row.path("logprobs")), certain), within(TOLERANCE));
    }
  }

  /** How many tokens come before the two best differ by a thousandth or less. */
  private static int certainTokens(Prompt prompt, int[] tokens) {
    int[] whole = Arrays.copyOf(prompt.tokens(), prompt.length() + tokens.length);
    System.arraycopy(tokens, 0, whole, prompt.length(), tokens.length);
    List<Prompt> prompts = List.of(new Prompt(whole, prompt.images()));
    try (PromptPass pass = policy.encode(root, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      float[] logits = pass.logits(root).toFloatArray();
      for (int i = 0; i < tokens.length; i++) {
        if (gap(logits, prompt.length() - 1 + i) <= NEAR_TIE) {
          return i;
        }
      }
      return tokens.length;
    }
  }

  /** The best logit less the second best, vision ids aside. */
  private static double gap(float[] logits, int position) {
    QwenConfig config = policy.config();
    int vocabulary = config.text().vocabulary();
    List<Integer> banned =
        List.of(
            config.imageToken(),
            config.videoToken(),
            config.visionStartToken(),
            config.visionEndToken());
    double[] allowed =
        IntStream.range(0, vocabulary)
            .filter(id -> !banned.contains(id))
            .mapToDouble(id -> logits[position * vocabulary + id])
            .sorted()
            .toArray();
    return allowed[allowed.length - 1] - allowed[allowed.length - 2];
  }

  @Test
  void sampledLogProbabilitiesAreThoseOfTheTrainingForward() {
    SamplingSettings settings =
        new SamplingSettings(0.8, 20, 0.95, 0.01, 1.1, 12, Set.of(3, 4), Set.of(7));
    List<List<Completion>> found = generate(settings, 3, StopCondition.NEVER);
    List<Prompt> prompts = golden.forwardPrompts();
    try (PromptPass pass = policy.encode(root, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      for (int prompt = 0; prompt < prompts.size(); prompt++) {
        for (Completion completion : found.get(prompt)) {
          try (CompletionPass scored =
              pass.extend(new int[] {prompt}, List.of(completion.tokens()), 0.8)) {
            assertThat(completion.logProbs())
                .containsExactly(scored.score(root).get(0).toFloatArray(), within(TOLERANCE));
          }
          assertThat(completion.tokens()).doesNotContain(7, golden.imageToken());
        }
      }
    }
  }

  @Test
  void aSampleDependsOnItsSeedAloneThoughNeighboursStopEarly() {
    SamplingSettings settings = SamplingSettings.sampled(0.8, 30, stopSet());
    Generator generator = new Generator(root, policy, settings);
    List<Prompt> prompts = golden.forwardPrompts();
    List<List<Completion>> together =
        generator.generate(
            prompts,
            prompts.stream().map(p -> new long[] {1, 2, 3, 4}).toList(),
            StopCondition.NEVER);
    for (int sample = 0; sample < 4; sample++) {
      Completion alone =
          generator
              .generate(
                  List.of(prompts.get(0)), List.of(new long[] {sample + 1}), StopCondition.NEVER)
              .get(0)
              .get(0);
      assertThat(together.get(0).get(sample).tokens()).containsExactly(alone.tokens());
    }
    assertThat(together.get(0).stream().map(c -> c.tokens().length).distinct().count())
        .as("rows stop at different steps")
        .isGreaterThan(1);
  }

  /** A twelfth of the vocabulary, so that rows stop soon but not together. */
  private static Set<Integer> stopSet() {
    return IntStream.range(0, policy.config().text().vocabulary() / 12)
        .mapToObj(i -> 12 * i)
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void aStopTokenEndsARowAndIsItsLast() {
    SamplingSettings settings = SamplingSettings.sampled(1, 40, stopSet());
    for (List<Completion> completions : generate(settings, 4, StopCondition.NEVER)) {
      for (Completion completion : completions) {
        int last = completion.tokens().length - 1;
        for (int i = 0; i < last; i++) {
          assertThat(stopSet()).doesNotContain(completion.tokens()[i]);
        }
        assertThat(stopSet().contains(completion.tokens()[last]))
            .isEqualTo(completion.reason() == StopReason.STOP_TOKEN);
      }
    }
  }

  @Test
  void theCallersConditionEndsARow() {
    List<List<Completion>> found =
        generate(SamplingSettings.greedy(20, Set.of()), 1, (tokens, count) -> count == 5);
    assertThat(found.get(0).get(0).tokens()).hasSize(5);
    assertThat(found.get(0).get(0).reason()).isEqualTo(StopReason.CONDITION);
  }

  private static List<List<Completion>> generate(
      SamplingSettings settings, int samples, StopCondition condition) {
    try (Generator generator = new Generator(root, policy, settings)) {
      List<Prompt> prompts = golden.forwardPrompts();
      return generator.generate(
          prompts,
          prompts.stream().map(p -> IntStream.range(0, samples).asLongStream().toArray()).toList(),
          condition);
    }
  }
}
