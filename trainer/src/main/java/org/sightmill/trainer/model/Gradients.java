package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * Gradients of all that trains, in 32 bits, summed over every backward pass since they were made.
 */
public final class Gradients implements AutoCloseable {
  private final Scope scope;
  private final Tensors tensors;
  private final List<Trainable> trainables;
  private final Map<NDArray, NDArray> sums = new IdentityHashMap<>();

  Gradients(Scope scope, Tensors tensors, List<Trainable> trainables) {
    this.scope = scope;
    this.tensors = tensors;
    this.trainables = trainables;
  }

  /** Adds gradients of compute tensors; a first one is kept as it is, if it is in 32 bits. */
  void add(List<NDArray> of, List<NDArray> gradients) {
    List<NDArray> targets = new ArrayList<>();
    List<NDArray> sources = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      NDArray sum = sums.get(of.get(i));
      if (sum == null) {
        sums.put(of.get(i), scope.keep(first(gradients.get(i))));
      } else {
        targets.add(sum);
        sources.add(gradients.get(i));
      }
    }
    if (!targets.isEmpty()) {
      try (Scope local = scope.child()) {
        tensors.addInto(local, targets, sources);
      }
    }
  }

  private NDArray first(NDArray gradient) {
    return gradient.getDataType() == DataType.FLOAT32
        ? gradient
        : tensors.converted(scope, gradient, ComputeType.FLOAT32);
  }

  /** The gradients in the order of {@link Policy#trainables}; zeros where none came. */
  public List<NDArray> inOrder() {
    return trainables.stream().map(this::sumOf).toList();
  }

  private NDArray sumOf(Trainable trainable) {
    return sums.computeIfAbsent(
        trainable.compute(), tensor -> scope.zeros(tensor.getShape().getShape()));
  }

  /** Adds the sums of gradients of the same model. */
  public void add(Gradients other) {
    List<NDArray> mine = inOrder();
    try (Scope local = scope.child()) {
      tensors.addInto(local, mine, other.inOrder());
    }
  }

  /** Overwrites the gradient of each trainable, for sums that were formed elsewhere. */
  public void replace(List<NDArray> gradients) {
    for (int i = 0; i < trainables.size(); i++) {
      sums.put(trainables.get(i).compute(), scope.keep(gradients.get(i)));
    }
  }

  /** The Euclidean norm of the gradient of each checkpoint tensor, by runtime name. */
  public Map<String, Float> norms() {
    Map<String, Float> norms = new LinkedHashMap<>();
    try (Scope local = scope.child()) {
      for (Trainable trainable : trainables) {
        norms.putAll(norms(local, trainable));
      }
    }
    return norms;
  }

  private Map<String, Float> norms(Scope local, Trainable trainable) {
    List<NDArray> parts = new ArrayList<>();
    long start = 0;
    for (ParameterSpec.Piece piece : trainable.pieces()) {
      parts.add(tensors.rows(local, sumOf(trainable), start, piece.rows()));
      start += piece.rows();
    }
    float[] values = tensors.norms(local, parts);
    Map<String, Float> norms = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      norms.put(trainable.pieces().get(i).name(), values[i]);
    }
    return norms;
  }

  /** Forgets all sums. */
  @Override
  public void close() {
    sums.values().forEach(NDArray::close);
    sums.clear();
  }
}
