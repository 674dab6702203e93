package org.sightmill.trainer.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.CompletionPass;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.PatchGrid;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.PromptPass;

/** Log-probabilities of given completions. Equal prompts of a batch are encoded once. */
public final class Scorer {
  private final Scope scope;
  private final Policy policy;

  /**
   * A prompt and what follows it.
   *
   * @param completion ids, at least one
   */
  public record Item(Prompt prompt, int[] completion) {}

  /** A scorer for a policy that stays open as long as this is used. */
  public Scorer(Scope scope, Policy policy) {
    this.scope = scope;
    this.policy = policy;
  }

  /** The natural logarithm of each completion token's probability, at temperature 1. */
  public List<float[]> score(List<Item> items) {
    List<Prompt> prompts = new ArrayList<>();
    int[] owners = new int[items.size()];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = place(prompts, items.get(i).prompt());
    }
    List<int[]> completions = items.stream().map(Item::completion).toList();
    try (PromptPass pass = policy.encode(scope, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY);
        CompletionPass continued = pass.extend(owners, completions, 1);
        Scope local = scope.child()) {
      return rows(continued.score(local).get(0), completions);
    }
  }

  private static List<float[]> rows(NDArray grid, List<int[]> completions) {
    float[] all = grid.toFloatArray();
    int width = all.length / completions.size();
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < completions.size(); row++) {
      int start = row * width;
      rows.add(Arrays.copyOfRange(all, start, start + completions.get(row).length));
    }
    return rows;
  }

  private static int place(List<Prompt> prompts, Prompt prompt) {
    for (int i = 0; i < prompts.size(); i++) {
      if (same(prompts.get(i), prompt)) {
        return i;
      }
    }
    prompts.add(prompt);
    return prompts.size() - 1;
  }

  private static boolean same(Prompt a, Prompt b) {
    if (!Arrays.equals(a.tokens(), b.tokens()) || a.images().size() != b.images().size()) {
      return false;
    }
    for (int i = 0; i < a.images().size(); i++) {
      PatchGrid first = a.images().get(i);
      PatchGrid second = b.images().get(i);
      if (first.rows() != second.rows() || !Arrays.equals(first.values(), second.values())) {
        return false;
      }
    }
    return true;
  }

  /** {@code exp} of the mean negative log-probability. */
  public static double perplexity(float[] logProbs) {
    double sum = 0;
    for (float logProb : logProbs) {
      sum += logProb;
    }
    return Math.exp(-sum / logProbs.length);
  }
}
