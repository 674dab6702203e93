package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * Prompts run through vision tower and decoder once, for any number of continuations. Gradients of
 * the continuations and of the prompts' own tokens gather here; {@link #backward} then carries
 * their sum through the prompts once.
 */
public final class PromptPass implements AutoCloseable {
  private final Scope scope;
  private final Policy policy;
  private final PassMode mode;
  private final PromptBatch batch;
  private final Optional<VisionPass> vision;
  private final NDArray imageTokens;
  private final NDArray embedded;
  private final TextPass text;
  private final Head head;
  private final List<NDArray> cacheLeaves;
  private NDArray hiddenGradient;
  private List<NDArray> cacheGradients;

  PromptPass(Scope parent, Policy policy, PromptBatch batch, PassMode mode) {
    this.scope = parent.child();
    this.policy = policy;
    this.mode = mode;
    this.batch = batch;
    this.head = new Head(policy.programs(), policy.weights());
    List<PatchGrid> images = batch.images();
    this.vision =
        images.isEmpty()
            ? Optional.empty()
            : Optional.of(new VisionPass(scope, policy, images, mode));
    this.imageTokens =
        vision.map(pass -> Tensors.leaf(scope, pass.tokens())).orElseGet(scope::none);
    this.embedded = embed();
    this.text = new TextPass(scope, policy, embedded, inputs(), mode);
    this.cacheLeaves = leaves(text.cache());
  }

  private NDArray embed() {
    NDArray ids = scope.longs(batch.ids(), batch.rows(), batch.width());
    return policy
        .programs()
        .text()
        .method("embed")
        .with(policy.weights().embedding())
        .with(ids)
        .with(imageTokens)
        .with(scope.longs(batch.places(), batch.places().length))
        .one(scope, mode == PassMode.FORWARD_ONLY ? Mode.VALUE : Mode.GRADIENT);
  }

  private TextPass.Inputs inputs() {
    int rows = batch.rows();
    int width = batch.width();
    return new TextPass.Inputs(
        scope.longs(batch.ropePositions(), 3, rows, width),
        batch.isLeftPadded() ? scope.floats(batch.mask(), rows, 1, width, width) : scope.none(),
        List.of(scope.none()),
        scope.none());
  }

  private List<NDArray> leaves(List<NDArray> cache) {
    return mode == PassMode.KEEP_ACTIVATIONS
        ? cache.stream().map(tensor -> Tensors.leaf(scope, tensor)).toList()
        : cache;
  }

  /** Tokens of all pictures [P/4, H], in order; without elements if there are none. */
  public NDArray imageTokens() {
    return imageTokens;
  }

  /** Logits of every token [B, T, V] in 32 bits, padding included. Large: for checks. */
  public NDArray logits(Scope target) {
    return head.logits(target, text.hidden());
  }

  PromptBatch batch() {
    return batch;
  }

  PassMode mode() {
    return mode;
  }

  Policy policy() {
    return policy;
  }

  NDArray hidden() {
    return text.hidden();
  }

  List<NDArray> cacheLeaves() {
    return cacheLeaves;
  }

  /**
   * Continues prompts.
   *
   * @param owners for each completion the row of its prompt
   * @param completions token ids without padding
   */
  public CompletionPass extend(int[] owners, List<int[]> completions, double temperature) {
    CompletionBatch continued =
        CompletionBatch.of(batch, owners, completions, policy.config().text().vocabulary());
    return new CompletionPass(scope, this, continued, temperature);
  }

  /**
   * Log-probabilities of chosen tokens of the prompts themselves, given all before them.
   *
   * @param chosen for each row which tokens; the first token of a row is predicted by nothing and
   *     is left out
   */
  public float[] score(List<boolean[]> chosen, double temperature) {
    try (Scope local = scope.child()) {
      ChosenTokens tokens = ChosenTokens.of(batch, chosen);
      NDArray places = local.longs(tokens.sources(), tokens.count());
      NDArray targets = local.longs(tokens.targets(), tokens.count());
      NDArray states = head.select(local, List.of(text.hidden()), places);
      return head.score(local, states, targets, temperature).get(0).toFloatArray();
    }
  }

  /**
   * Gathers the gradient of {@code weight} times the sum of the log-probabilities of chosen tokens
   * at temperature 1.
   *
   * @return the log-probabilities, as {@link #score} gives them
   */
  public float[] raise(List<boolean[]> chosen, double weight, Gradients gradients) {
    try (Scope local = scope.child()) {
      ChosenTokens tokens = ChosenTokens.of(batch, chosen);
      float[] given = new float[tokens.count()];
      java.util.Arrays.fill(given, (float) weight);
      NDArray places = local.longs(tokens.sources(), tokens.count());
      NDArray targets = local.longs(tokens.targets(), tokens.count());
      NDArray states = head.select(local, List.of(text.hidden()), places);
      NDList found =
          head.backward(
              local,
              states,
              targets,
              1,
              local.floats(given, given.length),
              local.none(),
              gradients);
      addHidden(head.spread(local, found.get(1), places, List.of(text.hidden())).get(0));
      return found.get(0).toFloatArray();
    }
  }

  void addHidden(NDArray gradient) {
    hiddenGradient = sum(hiddenGradient, gradient);
  }

  void addCache(List<NDArray> gradients) {
    if (cacheGradients == null) {
      cacheGradients = new ArrayList<>(gradients);
      cacheGradients.forEach(scope::keep);
    } else {
      try (Scope local = scope.child()) {
        policy.programs().tensors().addInto(local, cacheGradients, gradients);
      }
    }
  }

  private NDArray sum(NDArray sum, NDArray gradient) {
    if (sum == null) {
      return scope.keep(gradient);
    }
    try (Scope local = scope.child()) {
      policy.programs().tensors().addInto(local, List.of(sum), List.of(gradient));
    }
    return sum;
  }

  /** Carries what has gathered through decoder, embedding and vision tower. Call once, last. */
  public void backward(Gradients gradients) {
    if (mode == PassMode.FORWARD_ONLY) {
      throw new IllegalStateException("a forward-only pass keeps nothing for backward");
    }
    try (Scope local = scope.child()) {
      NDArray given =
          hiddenGradient == null
              ? local.zeros(text.hidden().getShape().getShape())
              : hiddenGradient;
      NDArray inner =
          text.backward(local, given, Optional.ofNullable(cacheGradients), gradients).get(0);
      backwardEmbedding(local, inner, gradients);
    }
  }

  private void backwardEmbedding(Scope local, NDArray given, Gradients gradients) {
    Weights weights = policy.weights();
    boolean visionTrains = vision.map(VisionPass::trains).orElse(false);
    List<NDArray> to = new ArrayList<>(weights.trained(List.of(weights.embedding())));
    int weightsBefore = to.size();
    if (visionTrains) {
      to.add(imageTokens);
    }
    if (to.isEmpty()) {
      return;
    }
    List<NDArray> found =
        policy.programs().tensors().gradients(local, List.of(embedded), to, List.of(given));
    gradients.add(to.subList(0, weightsBefore), found.subList(0, weightsBefore));
    if (visionTrains) {
      vision.orElseThrow().backward(found.get(weightsBefore), gradients);
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
