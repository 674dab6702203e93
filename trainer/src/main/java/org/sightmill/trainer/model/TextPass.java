package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.ScriptCall;
import org.sightmill.trainer.engine.TensorList;
import org.sightmill.trainer.engine.Tensors;

/** The decoder over one rectangle of embeddings, and its gradient. */
final class TextPass {

  /**
   * What goes in beside the embeddings.
   *
   * @param positions [3, B, T]
   * @param mask [B, 1, T, past + T], or without elements for plain causal attention
   * @param past keys and values of each layer of the rows continued, or one tensor without elements
   * @param owner the continued row of each row [B]
   */
  record Inputs(NDArray positions, NDArray mask, List<NDArray> past, NDArray owner) {}

  private final Scope scope;
  private final Programs programs;
  private final Weights weights;
  private final PassMode mode;
  private final int layers;
  private final NDArray x;
  private final Inputs inputs;
  private final List<NDArray> trained;
  private final NDList outputs;

  TextPass(Scope scope, Policy policy, NDArray embedded, Inputs inputs, PassMode mode) {
    this.scope = scope;
    this.programs = policy.programs();
    this.weights = policy.weights();
    this.mode = mode;
    this.layers = policy.config().text().layers();
    this.x = mode == PassMode.KEEP_ACTIVATIONS ? Tensors.leaf(scope, embedded) : embedded;
    this.inputs = inputs;
    this.trained =
        Stream.concat(
                weights.trained(weights.text().tensors()).stream(),
                weights.adapters().tensors().stream())
            .toList();
    this.outputs = forward();
  }

  private NDList forward() {
    return programs
        .text()
        .method("decoder")
        .with(weights.text())
        .with(weights.adapters().argument())
        .with(x)
        .with(inputs.positions())
        .with(inputs.mask())
        .with(inputs.past())
        .with(inputs.owner())
        .run(scope, mode == PassMode.KEEP_ACTIVATIONS ? Mode.GRADIENT : Mode.VALUE);
  }

  /** Final hidden states [B, T, H]. */
  NDArray hidden() {
    return outputs.get(0);
  }

  /** Keys, then values, of each layer, [B, K, T, D]. */
  List<NDArray> cache() {
    return outputs.subList(1, 1 + 2 * layers);
  }

  private List<NDArray> layerInputs() {
    return outputs.subList(1 + 2 * layers, outputs.size());
  }

  private boolean continues() {
    return inputs.past().size() > 1;
  }

  /**
   * Adds the weights' gradients.
   *
   * @param givenCache gradients of {@link #cache}, if anything continued these rows
   * @return the gradient of the embeddings, then of the past, owned by {@code target}
   */
  List<NDArray> backward(
      Scope target, NDArray given, Optional<List<NDArray>> givenCache, Gradients gradients) {
    try (Scope local = scope.child()) {
      List<NDArray> found =
          mode == PassMode.KEEP_ACTIVATIONS
              ? kept(local, given, givenCache)
              : recomputed(local, given, givenCache);
      int ahead = 1 + (continues() ? inputs.past().size() : 0);
      gradients.add(trained, found.subList(ahead, found.size()));
      List<NDArray> handedOn = new ArrayList<>(found.subList(0, ahead));
      handedOn.forEach(target::keep);
      return handedOn;
    }
  }

  private List<NDArray> kept(Scope local, NDArray given, Optional<List<NDArray>> givenCache) {
    List<NDArray> from = new ArrayList<>(List.of(hidden()));
    List<NDArray> upstream = new ArrayList<>(List.of(given));
    givenCache.ifPresent(
        gradients -> {
          from.addAll(cache());
          upstream.addAll(gradients);
        });
    List<NDArray> to = new ArrayList<>(List.of(x));
    if (continues()) {
      to.addAll(inputs.past());
    }
    to.addAll(trained);
    return programs.tensors().gradients(local, from, to, upstream);
  }

  private List<NDArray> recomputed(Scope local, NDArray given, Optional<List<NDArray>> givenCache) {
    ScriptCall call =
        programs
            .text()
            .method("backward")
            .with(weights.text())
            .with(weights.adapters().argument())
            .with(inputs.positions())
            .with(inputs.mask())
            .with(inputs.past())
            .with(inputs.owner())
            .with(layerInputs())
            .with(given)
            .with(TensorList.of(givenCache.orElseGet(() -> List.of(local.none()))));
    return call.run(local, Mode.GRADIENT);
  }
}
