package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.optim.AdamW;
import org.sightmill.trainer.optim.AdamWSettings;

/** A prompt encoded once for its completions trains like one repeated for each of them. */
class SharedPromptGoldenTest extends GoldenFixture {
  private static final double RELATIVE = 1e-4;
  private static final double TEMPERATURE = 0.8;
  private static final int[] OWNERS = {0, 0, 0, 1, 1};

  @TempDir static Path scratch;

  @ParameterizedTest
  @EnumSource(
      value = PassMode.class,
      names = {"KEEP_ACTIVATIONS", "RECOMPUTE"})
  void everyTensorOfTheWholeModelGetsTheSameGradient(PassMode mode) {
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.whole(ComputeType.FLOAT32))) {
      assertSharedEqualsRepeated(policy, mode);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PassMode.class,
      names = {"KEEP_ACTIVATIONS", "RECOMPUTE"})
  void aTiedEmbeddingGetsTheSameGradient(PassMode mode) throws IOException {
    try (Policy policy = Policy.load(root, tiedModel(), PolicyOptions.whole(ComputeType.FLOAT32))) {
      assertThat(policy.config().tied()).isTrue();
      assertSharedEqualsRepeated(policy, mode);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PassMode.class,
      names = {"KEEP_ACTIVATIONS", "RECOMPUTE"})
  void adaptersOnEveryProjectionGetTheSameGradient(PassMode mode) {
    LoraConfig lora = new LoraConfig(4, 8, EnumSet.allOf(LoraTarget.class));
    PolicyOptions options =
        new PolicyOptions(
            ComputeType.FLOAT32,
            Set.of(ModelPart.VISION_TOWER, ModelPart.MERGER),
            Optional.of(lora));
    try (Policy policy = Policy.load(root, golden.model(), options)) {
      moveAwayFromZero(policy);
      assertSharedEqualsRepeated(policy, mode);
    }
  }

  /** New adapters have B = 0, which hides A's gradient. */
  private static void moveAwayFromZero(Policy policy) {
    try (Scope scope = root.child()) {
      AdamW optimizer = new AdamW(scope, policy.masters(), AdamWSettings.DEFAULT);
      optimizer.step(
          shared(scope, policy, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS, 5).inOrder(), 0.02);
      policy.refresh();
    }
  }

  private static void assertSharedEqualsRepeated(Policy policy, PassMode mode) {
    for (Padding padding : List.of(Padding.RIGHT, golden.padding())) {
      try (Scope scope = root.child()) {
        Gradients repeated = repeated(scope, policy, mode);
        assertClose(policy, shared(scope, policy, padding, mode, OWNERS.length), repeated);
        assertClose(policy, shared(scope, policy, padding, mode, 2), repeated);
      }
    }
  }

  @Test
  void aCompletionScoresLikeTheSameTokensInsideAPrompt() {
    try (Policy policy =
            Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32));
        Scope scope = root.child()) {
      for (int i = 0; i < OWNERS.length; i++) {
        Prompt prompt = golden.forwardPrompts().get(OWNERS[i]);
        int[] completion = completions().get(i);
        try (PromptPass pass = encode(scope, policy, List.of(prompt));
            CompletionPass continued =
                pass.extend(new int[] {0}, List.of(completion), TEMPERATURE);
            PromptPass whole = encode(scope, policy, List.of(joined(prompt, completion)))) {
          boolean[] chosen = new boolean[prompt.length() + completion.length];
          Arrays.fill(chosen, prompt.length(), chosen.length, true);
          assertThat(continued.score(scope).get(0).toFloatArray())
              .containsExactly(
                  whole.score(List.of(chosen), TEMPERATURE),
                  org.assertj.core.api.Assertions.within(1e-5f));
        }
      }
    }
  }

  private static PromptPass encode(Scope scope, Policy policy, List<Prompt> prompts) {
    return policy.encode(scope, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY);
  }

  private static Prompt joined(Prompt prompt, int[] completion) {
    int[] tokens = Arrays.copyOf(prompt.tokens(), prompt.length() + completion.length);
    System.arraycopy(completion, 0, tokens, prompt.length(), completion.length);
    return new Prompt(tokens, prompt.images());
  }

  /** One encoding of both prompts, continued by some completions at a time. */
  private static Gradients shared(
      Scope scope, Policy policy, Padding padding, PassMode mode, int atATime) {
    Gradients gradients = policy.newGradients(scope);
    try (PromptPass pass = policy.encode(scope, golden.forwardPrompts(), padding, mode)) {
      for (int from = 0; from < OWNERS.length; from += atATime) {
        int to = Math.min(OWNERS.length, from + atATime);
        differentiate(
            scope,
            pass,
            Arrays.copyOfRange(OWNERS, from, to),
            completions().subList(from, to),
            from,
            gradients);
      }
      pass.backward(gradients);
    }
    return gradients;
  }

  private static Gradients repeated(Scope scope, Policy policy, PassMode mode) {
    Gradients gradients = policy.newGradients(scope);
    for (int row = 0; row < OWNERS.length; row++) {
      List<Prompt> own = List.of(golden.forwardPrompts().get(OWNERS[row]));
      try (PromptPass pass = policy.encode(scope, own, Padding.RIGHT, mode)) {
        differentiate(scope, pass, new int[] {0}, List.of(completions().get(row)), row, gradients);
        pass.backward(gradients);
      }
    }
    return gradients;
  }

  /** The loss is the sum of log-probabilities, each row weighted by its number. */
  private static void differentiate(
      Scope scope,
      PromptPass pass,
      int[] owners,
      List<int[]> completions,
      int firstRow,
      Gradients gradients) {
    int width = completions.stream().mapToInt(tokens -> tokens.length).max().orElseThrow();
    float[] upstream = new float[owners.length * width];
    for (int i = 0; i < upstream.length; i++) {
      upstream[i] = 0.5f * (1 + firstRow + i / width) * (i % width % 2 == 0 ? 1 : -0.5f);
    }
    try (CompletionPass continued = pass.extend(owners, completions, TEMPERATURE)) {
      NDArray given = scope.floats(upstream, owners.length, width);
      continued.backward(given, Optional.empty(), gradients);
    }
  }

  private static List<int[]> completions() {
    int vocabulary = golden.imageToken(); // all ids below it are text
    List<int[]> completions = new ArrayList<>();
    for (int row = 0; row < OWNERS.length; row++) {
      int[] tokens = new int[3 + 2 * row];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = (7 + 31 * row + 11 * i) % vocabulary;
      }
      completions.add(tokens);
    }
    return completions;
  }

  private static void assertClose(Policy policy, Gradients found, Gradients expected) {
    List<NDArray> mine = found.inOrder();
    List<NDArray> theirs = expected.inOrder();
    for (int i = 0; i < mine.size(); i++) {
      float[] a = mine.get(i).toFloatArray();
      float[] b = theirs.get(i).toFloatArray();
      double difference = 0;
      double norm = 0;
      for (int j = 0; j < a.length; j++) {
        difference += Math.pow(a[j] - b[j], 2);
        norm += Math.pow(b[j], 2);
      }
      assertThat(norm).as(policy.trainables().get(i).pieces().toString()).isPositive();
      assertThat(Math.sqrt(difference / norm))
          .as(policy.trainables().get(i).pieces().toString())
          .isLessThan(RELATIVE);
    }
  }

  private static Path tiedModel() throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("tied"));
    String config = Files.readString(golden.model().resolve("config.json"));
    Files.writeString(
        folder.resolve("config.json"),
        config.replaceAll(
            "\"tie_word_embeddings\": *(true|false)", "\"tie_word_embeddings\": true"));
    Files.write(
        folder.resolve("model.safetensors"),
        Files.readAllBytes(golden.model().resolve("model.safetensors")));
    return folder;
  }
}
