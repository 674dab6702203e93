package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;

/**
 * Completions run over the keys and values of their prompts. Several may be made, and
 * differentiated, one after the other on one {@link PromptPass}, when all do not fit at once.
 */
public final class CompletionPass implements AutoCloseable {
  private final Scope scope;
  private final PromptPass prompt;
  private final Policy policy;
  private final CompletionBatch batch;
  private final double temperature;
  private final Head head;
  private final NDArray embedded;
  private final TextPass text;
  private final NDArray sources;
  private final NDArray targets;
  private final NDArray cells;
  private final NDArray states;

  CompletionPass(Scope parent, PromptPass prompt, CompletionBatch batch, double temperature) {
    this.scope = parent.child();
    this.prompt = prompt;
    this.policy = prompt.policy();
    this.batch = batch;
    this.temperature = temperature;
    this.head = new Head(policy.programs(), policy.weights());
    this.embedded = embed();
    this.text = new TextPass(scope, policy, embedded, inputs(), prompt.mode());
    this.sources = scope.longs(batch.sources(), batch.tokens());
    this.targets = scope.longs(batch.targets(), batch.tokens());
    this.cells = scope.longs(batch.cells(), batch.tokens());
    this.states = head.select(scope, List.of(prompt.hidden(), text.hidden()), sources);
  }

  private NDArray embed() {
    return policy
        .programs()
        .text()
        .method("embed")
        .with(policy.weights().embedding())
        .with(scope.longs(batch.ids(), batch.rows(), batch.width()))
        .with(scope.none())
        .with(scope.none())
        .one(scope, prompt.mode() == PassMode.FORWARD_ONLY ? Mode.VALUE : Mode.GRADIENT);
  }

  private TextPass.Inputs inputs() {
    int rows = batch.rows();
    int width = batch.width();
    int past = prompt.batch().width();
    return new TextPass.Inputs(
        scope.longs(batch.ropePositions(), 3, rows, width),
        scope.booleans(batch.mask(), rows, 1, width, past + width),
        prompt.cacheLeaves(),
        scope.indices(batch.owners()));
  }

  /**
   * Scores every completion token.
   *
   * @return log-probabilities [B, T] and entropies [B, T], zero where padded, owned by the target
   */
  public NDList score(Scope target) {
    try (Scope local = scope.child()) {
      NDList found = head.score(local, states, targets, temperature);
      return new NDList(grid(target, found.get(0)), grid(target, found.get(1)));
    }
  }

  /** 1 where a token is, 0 where padded, [B, T]. */
  public NDArray mask(Scope target) {
    float[] mask = new float[batch.rows() * batch.width()];
    for (long cell : batch.cells()) {
      mask[(int) cell] = 1;
    }
    return target.floats(mask, batch.rows(), batch.width());
  }

  private NDArray grid(Scope target, NDArray values) {
    NDArray shape = target.zeros(batch.rows(), batch.width());
    return policy
        .programs()
        .head()
        .method("grid")
        .with(values)
        .with(cells)
        .with(shape)
        .one(target, Mode.VALUE);
  }

  private NDArray ungrid(Scope local, NDArray grid) {
    return policy.programs().head().method("ungrid").with(grid).with(cells).one(local, Mode.VALUE);
  }

  /**
   * Adds the weights' gradients, and hands those of the prompts to their pass.
   *
   * @param logProbGradient gradient of the log-probabilities [B, T]; padding is ignored
   * @param entropyGradient gradient of the entropies [B, T], if they take part in the loss
   */
  public void backward(
      NDArray logProbGradient, Optional<NDArray> entropyGradient, Gradients gradients) {
    try (Scope local = scope.child()) {
      NDArray given = ungrid(local, logProbGradient);
      NDArray givenEntropy =
          entropyGradient.map(gradient -> ungrid(local, gradient)).orElseGet(local::none);
      NDList found =
          head.backward(local, states, targets, temperature, given, givenEntropy, gradients);
      List<NDArray> hidden =
          head.spread(local, found.get(1), sources, List.of(prompt.hidden(), text.hidden()));
      prompt.addHidden(hidden.get(0));
      List<NDArray> handedOn = text.backward(local, hidden.get(1), Optional.empty(), gradients);
      prompt.addCache(handedOn.subList(1, handedOn.size()));
      backwardEmbedding(local, handedOn.get(0), gradients);
    }
  }

  private void backwardEmbedding(Scope local, NDArray given, Gradients gradients) {
    List<NDArray> to = policy.weights().trained(List.of(policy.weights().embedding()));
    if (!to.isEmpty()) {
      gradients.add(
          to, policy.programs().tensors().gradients(local, List.of(embedded), to, List.of(given)));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
