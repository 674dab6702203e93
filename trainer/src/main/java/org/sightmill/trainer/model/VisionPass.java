package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.ScriptCall;
import org.sightmill.trainer.engine.TensorList;

/** The vision tower over the pictures of a batch, and its gradient. */
final class VisionPass {
  private final Scope scope;
  private final Programs programs;
  private final Weights weights;
  private final PassMode mode;
  private final NDArray patches;
  private final NDArray positions;
  private final NDArray order;
  private final NDArray inverse;
  private final TensorList windows;
  private final TensorList frames;
  private final List<NDArray> trained;
  private final NDList outputs;

  VisionPass(Scope scope, Policy policy, List<PatchGrid> images, PassMode mode) {
    this.scope = scope;
    this.programs = policy.programs();
    this.weights = policy.weights();
    this.trained = weights.trained(weights.vision().tensors());
    this.mode = trained.isEmpty() ? PassMode.FORWARD_ONLY : mode;
    VisionConfig config = policy.config().vision();
    VisionLayout layout = VisionLayout.of(images, config);
    long units = layout.order().length;
    this.patches = patches(images, config);
    this.positions = scope.longs(layout.positions(), units * config.mergeUnit(), 2);
    this.order = scope.longs(layout.order(), units);
    this.inverse = scope.longs(layout.inverse(), units);
    this.windows = TensorList.of(layout.windows().tensors(scope));
    this.frames = TensorList.of(layout.frames().tensors(scope));
    this.outputs =
        arguments(programs.vision().method("tower"))
            .run(scope, this.mode == PassMode.KEEP_ACTIVATIONS ? Mode.GRADIENT : Mode.VALUE);
  }

  private NDArray patches(List<PatchGrid> images, VisionConfig config) {
    int total = images.stream().mapToInt(image -> image.values().length).sum();
    float[] values = new float[total];
    int at = 0;
    for (PatchGrid image : images) {
      if (image.values().length != image.patches() * config.patchWidth()) {
        throw new IllegalArgumentException(
            "a picture of %d patches has %d values, not %d each"
                .formatted(image.patches(), image.values().length, config.patchWidth()));
      }
      System.arraycopy(image.values(), 0, values, at, image.values().length);
      at += image.values().length;
    }
    return scope.floats(values, total / config.patchWidth(), config.patchWidth());
  }

  private ScriptCall arguments(ScriptCall call) {
    return call.with(weights.vision())
        .with(patches)
        .with(positions)
        .with(order)
        .with(inverse)
        .with(windows)
        .with(frames);
  }

  /** Image tokens [P/4, H], pictures in order. */
  NDArray tokens() {
    return outputs.get(0);
  }

  /** Whether any of the tower's weights trains. */
  boolean trains() {
    return !trained.isEmpty();
  }

  /** Carries the gradient of the tokens to the weights. */
  void backward(NDArray given, Gradients gradients) {
    try (Scope local = scope.child()) {
      List<NDArray> found =
          mode == PassMode.KEEP_ACTIVATIONS
              ? programs.tensors().gradients(local, List.of(tokens()), trained, List.of(given))
              : arguments(programs.vision().method("backward"))
                  .with(outputs.subList(1, outputs.size()))
                  .with(given)
                  .run(local, Mode.GRADIENT);
      gradients.add(trained, found);
    }
  }
}
