package org.sightmill.trainer.model;

import java.util.List;
import org.sightmill.trainer.engine.Scope;

/** The supervised step that several golden tests take. */
public final class SftSteps {
  private SftSteps() {}

  /** Gathers the gradients of the golden's mean loss, and returns the loss. */
  public static double loss(
      Scope scope,
      Policy policy,
      GoldenModel golden,
      Padding padding,
      PassMode mode,
      Gradients gradients) {
    return loss(
        scope, policy, golden.forwardPrompts(), golden.sftChoices(), padding, mode, gradients);
  }

  /** Gathers the gradients of the mean loss over the chosen tokens, and returns the loss. */
  static double loss(
      Scope scope,
      Policy policy,
      List<Prompt> prompts,
      List<boolean[]> choices,
      Padding padding,
      PassMode mode,
      Gradients gradients) {
    try (PromptPass pass = policy.encode(scope, prompts, padding, mode)) {
      int count = pass.score(choices, 1).length;
      float[] found = pass.raise(choices, -1.0 / count, gradients);
      pass.backward(gradients);
      return -sum(found) / count;
    }
  }

  static int count(List<boolean[]> choices) {
    int count = 0;
    for (boolean[] row : choices) {
      for (boolean chosen : row) {
        count += chosen ? 1 : 0;
      }
    }
    return count;
  }

  static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
