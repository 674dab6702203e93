package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sightmill.trainer.checkpoint.Checkpoint;
import org.sightmill.trainer.checkpoint.TensorEntry;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/** Matches a checkpoint's tensors to a model's, then reads them. */
final class WeightLoader {
  private static final String TIED_HEAD = "lm_head.weight";

  /** Bytes of the file, at least, that stay mapped beside the weights already read. */
  private static final long MAPPED_BYTES = 1L << 30;

  private final ParameterTable table;
  private final Map<String, TensorEntry> stored = new HashMap<>();

  /** Adds to the problems every tensor that is missing, unknown, twice there or mis-shaped. */
  WeightLoader(ParameterTable table, Checkpoint checkpoint, List<String> problems) {
    this.table = table;
    for (TensorEntry entry : checkpoint.entries().values()) {
      if (stored.putIfAbsent(TensorNames.runtime(entry.name()), entry) != null) {
        problems.add("tensor %s is there under both name styles".formatted(entry.name()));
      }
    }
    check(problems);
  }

  private void check(List<String> problems) {
    Set<String> wanted = new HashSet<>();
    for (ParameterSpec spec : table.all()) {
      for (ParameterSpec.Piece piece : spec.pieces()) {
        wanted.add(piece.name());
        check(piece, problems);
      }
    }
    stored.keySet().stream()
        .filter(name -> !wanted.contains(name) && !name.equals(TIED_HEAD))
        .sorted()
        .forEach(name -> problems.add("tensor %s has no place in the model".formatted(name)));
  }

  private void check(ParameterSpec.Piece piece, List<String> problems) {
    TensorEntry entry = stored.get(piece.name());
    if (entry == null) {
      problems.add("tensor %s is missing".formatted(piece.name()));
    } else if (!entry.shape().equals(piece.shape())) {
      problems.add(
          "tensor %s has shape %s in %s, not %s"
              .formatted(piece.name(), entry.shape(), entry.file().getFileName(), piece.shape()));
    }
  }

  List<Weight> load(Scope scope, Tensors tensors, PolicyOptions options) {
    List<Weight> weights = new ArrayList<>();
    long mapped = 0;
    for (ParameterSpec spec : table.all()) {
      weights.add(load(scope, tensors, spec, options));
      mapped += spec.elements() * Short.BYTES;
      if (mapped > MAPPED_BYTES) {
        System.gc(); // Java gives mappings back only when their buffers are collected
        mapped = 0;
      }
    }
    return weights;
  }

  private Weight load(Scope scope, Tensors tensors, ParameterSpec spec, PolicyOptions options) {
    boolean trains = options.trains(spec.part());
    ComputeType compute = options.compute();
    boolean ownMaster = trains && compute != ComputeType.FLOAT32;
    try (Scope local = scope.child()) {
      NDArray master = joined(local, tensors, spec, ownMaster ? ComputeType.FLOAT32 : compute);
      NDArray used = ownMaster ? tensors.converted(local, master, compute) : master;
      used.setRequiresGradient(trains);
      return new Weight(spec, scope.keep(used), scope.keep(master), trains);
    }
  }

  private NDArray joined(Scope scope, Tensors tensors, ParameterSpec spec, ComputeType type) {
    List<NDArray> parts = new ArrayList<>();
    for (ParameterSpec.Piece piece : spec.pieces()) {
      parts.add(Checkpoint.read(scope, tensors, stored.get(piece.name()), type));
    }
    NDArray whole = parts.size() == 1 ? parts.get(0) : tensors.concatenated(scope, parts);
    return whole.reshape(new Shape(spec.shape()));
  }
}
