package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;

/** The output projection over chosen hidden states. */
final class Head {
  private final Programs programs;
  private final Weights weights;

  Head(Programs programs, Weights weights) {
    this.programs = programs;
    this.weights = weights;
  }

  /** Logits in 32 bits of every state, [.., V]. */
  NDArray logits(Scope scope, NDArray hidden) {
    return programs
        .head()
        .method("logits")
        .with(hidden)
        .with(weights.head())
        .one(scope, Mode.VALUE);
  }

  /** Rows of the flattened states at the places, [M, H]. */
  NDArray select(Scope scope, List<NDArray> states, NDArray places) {
    return programs.head().method("select").with(states).with(places).one(scope, Mode.VALUE);
  }

  /** The transpose of {@link #select}: a gradient for each of the states. */
  List<NDArray> spread(Scope scope, NDArray gradient, NDArray places, List<NDArray> states) {
    return programs
        .head()
        .method("spread")
        .with(gradient)
        .with(places)
        .with(states)
        .run(scope, Mode.VALUE);
  }

  /** Log-probabilities [M] and entropies [M]. */
  NDList score(Scope scope, NDArray hidden, NDArray targets, double temperature) {
    return programs
        .head()
        .method("score")
        .with(hidden)
        .with(weights.head())
        .with(targets)
        .with(scope.scalar(temperature))
        .run(scope, Mode.VALUE);
  }

  /**
   * Adds the projection's gradient.
   *
   * @param given gradient of the log-probabilities [M]
   * @param givenEntropy gradient of the entropies [M], or without elements
   * @return log-probabilities [M] and the gradient of hidden [M, H]
   */
  NDList backward(
      Scope scope,
      NDArray hidden,
      NDArray targets,
      double temperature,
      NDArray given,
      NDArray givenEntropy,
      Gradients gradients) {
    NDList found =
        programs
            .head()
            .method("backward")
            .with(hidden)
            .with(weights.head())
            .with(targets)
            .with(scope.scalar(temperature))
            .with(given)
            .with(givenEntropy)
            .run(scope, Mode.VALUE);
    if (weights.trains(weights.head())) {
      gradients.add(List.of(weights.head()), List.of(found.get(2)));
    }
    return new NDList(found.get(0), found.get(1));
  }
}
