package org.sightmill.trainer.checkpoint;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/** 32-bit tensors by name in one safetensors file, to go on with bit for bit. */
public final class TensorBundle {
  private TensorBundle() {}

  /** Writes the tensors; the file appears whole or not at all. */
  public static void write(Scope scope, Map<String, NDArray> tensors, Path file)
      throws IOException {
    try (Scope local = scope.child()) {
      SafetensorsWriter writer = new SafetensorsWriter(ComputeType.FLOAT32);
      tensors.forEach(writer::add);
      writer.write(local, Tensors.load(local), file);
    }
  }

  /**
   * Overwrites tensors by those of the same names.
   *
   * @throws CheckpointException naming every tensor that is missing, unknown or mis-shaped; all are
   *     then as they were
   */
  public static void read(Scope scope, Map<String, NDArray> targets, Path file) {
    List<String> problems = new ArrayList<>();
    Map<String, TensorEntry> stored = Checkpoint.openFile(file, problems).entries();
    if (problems.isEmpty()) {
      check(targets, stored, problems);
    }
    if (!problems.isEmpty()) {
      throw new CheckpointException("checkpoint " + file, problems);
    }
    try (Scope local = scope.child()) {
      Tensors tensors = Tensors.load(local);
      targets.forEach((name, target) -> copy(local, tensors, stored.get(name), target));
    }
  }

  private static void check(
      Map<String, NDArray> targets, Map<String, TensorEntry> stored, List<String> problems) {
    targets.forEach(
        (name, target) -> {
          TensorEntry entry = stored.get(name);
          List<Long> wanted =
              java.util.Arrays.stream(target.getShape().getShape()).boxed().toList();
          if (entry == null) {
            problems.add("tensor %s is missing".formatted(name));
          } else if (!entry.shape().equals(wanted)) {
            problems.add("tensor %s has shape %s, not %s".formatted(name, entry.shape(), wanted));
          }
        });
    stored.keySet().stream()
        .filter(name -> !targets.containsKey(name))
        .sorted()
        .forEach(name -> problems.add("tensor %s has no place in this run".formatted(name)));
  }

  private static void copy(Scope scope, Tensors tensors, TensorEntry entry, NDArray target) {
    try (Scope local = scope.child()) {
      NDArray source = Checkpoint.read(local, tensors, entry, ComputeType.FLOAT32);
      tensors.copyInto(local, List.of(target), List.of(source));
    }
  }
}
