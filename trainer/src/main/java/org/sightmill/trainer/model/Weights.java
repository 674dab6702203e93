package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.TensorList;
import org.sightmill.trainer.engine.Tensors;

/** A model's weights as the programs take them, adapters included. */
final class Weights {
  private final List<Weight> all;
  private final TensorList vision;
  private final TensorList text;
  private final NDArray embedding;
  private final NDArray head;
  private final Adapters adapters;
  private final Set<NDArray> trained = Collections.newSetFromMap(new IdentityHashMap<>());

  Weights(ParameterTable table, List<Weight> all, Adapters adapters) {
    this.all = List.copyOf(all);
    this.adapters = adapters;
    List<NDArray> tensors = all.stream().map(Weight::compute).toList();
    int textStart = table.vision().size();
    int embeddingAt = textStart + table.text().size();
    this.vision = TensorList.of(tensors.subList(0, textStart));
    this.text = TensorList.of(tensors.subList(textStart, embeddingAt));
    this.embedding = tensors.get(embeddingAt);
    this.head = tensors.get(tensors.size() - 1); // the embedding itself where tied
    trainables().forEach(trainable -> trained.add(trainable.compute()));
  }

  List<Weight> all() {
    return all;
  }

  TensorList vision() {
    return vision;
  }

  TensorList text() {
    return text;
  }

  Adapters adapters() {
    return adapters;
  }

  NDArray embedding() {
    return embedding;
  }

  /** The output projection [V, H]. */
  NDArray head() {
    return head;
  }

  /** What trains among the given tensors, in order. */
  List<NDArray> trained(List<NDArray> tensors) {
    return tensors.stream().filter(this::trains).toList();
  }

  boolean trains(NDArray tensor) {
    return trained.contains(tensor);
  }

  /** All that trains: weights in the table's order, then adapters. */
  List<Trainable> trainables() {
    List<Trainable> trainables = new ArrayList<>();
    for (Weight weight : all) {
      if (weight.trains()) {
        trainables.add(new Trainable(weight.spec().pieces(), weight.compute(), weight.master()));
      }
    }
    trainables.addAll(adapters.trainables());
    return trainables;
  }

  /** Brings the compute copies up to date with their masters. */
  void refresh(Scope scope, Tensors tensors) {
    List<Trainable> stale = trainables().stream().filter(t -> t.master() != t.compute()).toList();
    if (!stale.isEmpty()) {
      tensors.copyInto(
          scope,
          stale.stream().map(Trainable::compute).toList(),
          stale.stream().map(Trainable::master).toList());
    }
  }

  /** Lets go of the native lists; the tensors belong to the policy's scope. */
  void close() {
    vision.close();
    text.close();
    adapters.argument().close();
  }
}
