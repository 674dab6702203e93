package org.sightmill.trainer.generate;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** One completion in the making. Its draws depend on its own seed only, not on its neighbours. */
final class Row {
  /** What ends rows before their length does, beside stop tokens. */
  record Ends(Optional<StopStrings> strings, StopCondition condition) {}

  private final int prompt;
  private final SplittableRandom random;
  private final int[] tokens;
  private final float[] logProbs;
  private int count;
  private StopReason reason;

  Row(int prompt, long seed, int maxTokens) {
    this.prompt = prompt;
    this.random = new SplittableRandom(seed);
    this.tokens = new int[maxTokens];
    this.logProbs = new float[maxTokens];
  }

  int prompt() {
    return prompt;
  }

  int count() {
    return count;
  }

  /** A number in [0, 1), in 24 bits so that it stays below 1 as a float. */
  float draw() {
    return (random.nextInt() >>> 8) * 0x1p-24f;
  }

  /** Adds a token unless the row is done. */
  void take(int token, float logProb, SamplingSettings settings, Ends ends) {
    if (isDone()) {
      return;
    }
    tokens[count] = token;
    logProbs[count++] = logProb;
    reason = stop(token, settings, ends).orElse(null);
  }

  private Optional<StopReason> stop(int token, SamplingSettings settings, Ends ends) {
    if (settings.stopTokens().contains(token)) {
      return Optional.of(StopReason.STOP_TOKEN);
    }
    if (ends.strings().isPresent() && ends.strings().get().completes(tokens, count)) {
      return Optional.of(StopReason.STOP_STRING);
    }
    if (ends.condition().isDone(tokens, count)) {
      return Optional.of(StopReason.CONDITION);
    }
    return count == settings.maxTokens() ? Optional.of(StopReason.LENGTH) : Optional.empty();
  }

  boolean isDone() {
    return reason != null;
  }

  Completion completion() {
    return new Completion(Arrays.copyOf(tokens, count), Arrays.copyOf(logProbs, count), reason);
  }
}
