package org.sightmill.trainer.generate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.CompletionPass;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.PatchGrid;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.optim.AdamW;
import org.sightmill.trainer.optim.AdamWSettings;

/** How fast a loaded model is here, on random ids and pictures. Training changes its weights. */
public final class ModelBenchmark {
  private static final int PROMPT_TOKENS = 16;

  /** A picture of 256 tokens. */
  private static final int PICTURE_TOKENS_SIDE = 16;

  private static final double LEARNING_RATE = 1e-5;

  /** Part of the time that goes before measuring. */
  private static final double WARM_UP = 0.2;

  private final Scope root;
  private final Policy policy;

  /** What is timed. */
  public enum Work {
    /** New tokens of rows with prompts of 16 tokens. */
    DECODE,
    /** New tokens of one prompt's rows, the prompt with a picture of 256 tokens. */
    DECODE_GROUP,
    /** Tokens of plain text through forward, backward and optimizer. */
    TRAIN,
    /** Completion tokens of one prompt with a picture, through forward and backward. */
    TRAIN_GROUP
  }

  private interface Step {
    void run();
  }

  /** A benchmark of a policy that stays open as long as this is used. */
  public ModelBenchmark(Scope root, Policy policy) {
    this.root = root;
    this.policy = policy;
  }

  /**
   * Tokens per second, after a warm-up.
   *
   * @param tokens new tokens a row, or in training all of a row's
   */
  public double tokensPerSecond(Work work, int rows, int tokens, double seconds) {
    Step step = step(work, rows, tokens);
    stepsPerSecond(step, seconds * WARM_UP);
    return rows * tokens * stepsPerSecond(step, seconds);
  }

  /**
   * Runs a number of steps, for what is not a rate, such as memory.
   *
   * @param afterEach called after every step, with all that the step made closed
   */
  public void repeat(Work work, int rows, int tokens, int steps, Runnable afterEach) {
    Step step = step(work, rows, tokens);
    for (int i = 0; i < steps; i++) {
      step.run();
      afterEach.run();
    }
  }

  private Step step(Work work, int rows, int tokens) {
    return switch (work) {
      case DECODE -> decode(rows, tokens);
      case DECODE_GROUP -> decodeGroup(rows, tokens);
      case TRAIN -> train(rows, tokens);
      case TRAIN_GROUP -> trainGroup(rows, tokens);
    };
  }

  private static double stepsPerSecond(Step step, double seconds) {
    long start = System.nanoTime();
    long steps = 0;
    double elapsed;
    do {
      step.run();
      steps++;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return steps / elapsed;
  }

  private Step decode(int rows, int tokens) {
    List<Prompt> prompts = textPrompts(rows, PROMPT_TOKENS);
    List<long[]> seeds = prompts.stream().map(prompt -> new long[] {1}).toList();
    return generating(prompts, seeds, tokens);
  }

  private Step decodeGroup(int rows, int tokens) {
    long[] seeds = IntStream.range(0, rows).asLongStream().toArray();
    return generating(List.of(picturePrompt()), List.of(seeds), tokens);
  }

  private Step generating(List<Prompt> prompts, List<long[]> seeds, int tokens) {
    Generator generator =
        new Generator(root, policy, SamplingSettings.sampled(1, tokens, Set.of()));
    return () -> generator.generate(prompts, seeds, StopCondition.NEVER);
  }

  private Step train(int rows, int tokens) {
    AdamW optimizer = new AdamW(root, policy.masters(), AdamWSettings.DEFAULT);
    List<Prompt> prompts = textPrompts(rows, tokens);
    boolean[] allButFirst = new boolean[tokens];
    Arrays.fill(allButFirst, 1, tokens, true);
    List<boolean[]> chosen = prompts.stream().map(prompt -> allButFirst).toList();
    double weight = -1.0 / (rows * (tokens - 1));
    return () -> {
      try (Scope scope = root.child();
          Gradients gradients = policy.newGradients(scope)) {
        try (PromptPass pass =
            policy.encode(scope, prompts, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS)) {
          pass.raise(chosen, weight, gradients);
          pass.backward(gradients);
        }
        optimizer.step(gradients.inOrder(), LEARNING_RATE);
        policy.refresh();
      }
    };
  }

  private Step trainGroup(int rows, int tokens) {
    List<Prompt> prompts = List.of(picturePrompt());
    List<int[]> completions = IntStream.range(0, rows).mapToObj(row -> ids(row, tokens)).toList();
    float[] upstream = new float[rows * tokens];
    Arrays.fill(upstream, -1f / upstream.length);
    return () -> {
      try (Scope scope = root.child();
          Gradients gradients = policy.newGradients(scope);
          PromptPass pass =
              policy.encode(scope, prompts, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS);
          CompletionPass continued = pass.extend(new int[rows], completions, 1)) {
        continued.score(scope);
        NDArray given = scope.floats(upstream, rows, tokens);
        continued.backward(given, Optional.empty(), gradients);
        pass.backward(gradients);
      }
    };
  }

  private List<Prompt> textPrompts(int rows, int tokens) {
    return IntStream.range(0, rows)
        .mapToObj(row -> new Prompt(ids(row, tokens), List.of()))
        .toList();
  }

  private Prompt picturePrompt() {
    int side = PICTURE_TOKENS_SIDE * policy.config().vision().merge();
    float[] values = new float[side * side * policy.config().vision().patchWidth()];
    Random random = new Random(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int imageTokens = PICTURE_TOKENS_SIDE * PICTURE_TOKENS_SIDE;
    int[] ids = ids(0, imageTokens + PROMPT_TOKENS);
    Arrays.fill(ids, 4, 4 + imageTokens, policy.config().imageToken());
    return new Prompt(ids, List.of(new PatchGrid(values, 1, side, side)));
  }

  /** Any text ids: those below all vision ids. */
  private int[] ids(int seed, int count) {
    int end = Math.min(policy.config().imageToken(), policy.config().visionStartToken());
    return new Random(seed).ints(count, 0, end).toArray();
  }
}
