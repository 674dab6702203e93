package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.TensorList;
import org.sightmill.trainer.engine.Tensors;

/**
 * The adapters of all layers: per layer and target A [rank, in], then B [out, rank], in 32 bits
 * (masters) and in the compute type. Without adapters the list holds one tensor without elements.
 */
final class Adapters {
  private final List<String> names;
  private final List<NDArray> masters;
  private final List<NDArray> tensors;
  private final TensorList argument;

  private Adapters(List<String> names, List<NDArray> masters, List<NDArray> tensors, Scope scope) {
    this.names = List.copyOf(names);
    this.masters = List.copyOf(masters);
    this.tensors = List.copyOf(tensors);
    this.argument = TensorList.of(tensors.isEmpty() ? List.of(scope.none()) : tensors);
  }

  static Adapters none(Scope scope) {
    return new Adapters(List.of(), List.of(), List.of(), scope);
  }

  /** New adapters that leave the model as it is: B is zero. */
  static Adapters initial(
      Scope scope, Tensors tensors, TextConfig config, PolicyOptions options, long seed) {
    Optional<LoraConfig> lora = options.lora();
    if (lora.isEmpty()) {
      return none(scope);
    }
    List<String> names = new ArrayList<>();
    List<NDArray> masters = new ArrayList<>();
    Random random = new Random(seed);
    for (int layer = 0; layer < config.layers(); layer++) {
      for (LoraTarget target : lora.get().targets()) {
        String module = "model.language_model.layers.%d.%s".formatted(layer, target.module());
        int rank = lora.get().rank();
        names.add(module + ".lora_A.weight");
        masters.add(uniform(scope, random, rank, target.inputWidth(config)));
        names.add(module + ".lora_B.weight");
        masters.add(scope.zeros(target.outputWidth(config), rank));
      }
    }
    return new Adapters(names, masters, computed(scope, tensors, masters, options), scope);
  }

  /** Kaiming-uniform with a = sqrt(5), as PEFT draws A: bound 1 / sqrt(inputs). */
  private static NDArray uniform(Scope scope, Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    double bound = 1 / Math.sqrt(columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return scope.floats(values, rows, columns);
  }

  private static List<NDArray> computed(
      Scope scope, Tensors tensors, List<NDArray> masters, PolicyOptions options) {
    List<NDArray> computed = new ArrayList<>();
    for (NDArray master : masters) {
      NDArray used =
          options.compute() == ComputeType.FLOAT32
              ? master
              : tensors.converted(scope, master, options.compute());
      used.setRequiresGradient(true);
      computed.add(used);
    }
    return computed;
  }

  /** Names as in PEFT's files, without its prefix. */
  List<String> names() {
    return names;
  }

  List<NDArray> masters() {
    return masters;
  }

  List<Trainable> trainables() {
    List<Trainable> trainables = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      long[] shape = masters.get(i).getShape().getShape();
      trainables.add(
          new Trainable(
              List.of(ParameterSpec.piece(names.get(i), shape)), tensors.get(i), masters.get(i)));
    }
    return trainables;
  }

  /** In the compute type, the ones that get gradients. */
  List<NDArray> tensors() {
    return tensors;
  }

  TensorList argument() {
    return argument;
  }

  /** The weight with the products of its adapters added, in 32 bits; itself where it has none. */
  NDArray mergedInto(Scope scope, Policy policy, Weight weight, LoraConfig lora) {
    NDArray merged = weight.master();
    for (int i = 0; i < names.size(); i += 2) {
      String module = names.get(i).substring(0, names.get(i).length() - ".lora_A.weight".length());
      long start = 0;
      for (ParameterSpec.Piece piece : weight.spec().pieces()) {
        if (piece.name().equals(module + ".weight")) {
          merged =
              policy
                  .programs()
                  .tensors()
                  .plusProduct(
                      scope, merged, masters.get(i + 1), masters.get(i), lora.scale(), start);
        }
        start += piece.rows();
      }
    }
    return merged;
  }
}
