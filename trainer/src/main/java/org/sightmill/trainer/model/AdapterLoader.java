package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.checkpoint.Checkpoint;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.checkpoint.TensorEntry;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/** Reads adapters from PEFT's files into a model with the same rank, scale and targets. */
public final class AdapterLoader {
  private AdapterLoader() {}

  /**
   * Overwrites the model's adapters.
   *
   * @throws CheckpointException naming every adapter that is missing, unknown or mis-shaped, and a
   *     scale that is not the model's; the model is then as it was
   */
  public static void load(Policy policy, Path folder) {
    List<String> problems = new ArrayList<>();
    Map<String, TensorEntry> stored =
        Checkpoint.openFile(folder.resolve(PolicySaver.ADAPTER_FILE), problems).entries();
    Adapters adapters = policy.weights().adapters();
    if (problems.isEmpty()) {
      check(adapters, stored, problems);
    }
    checkScale(policy, folder.resolve(PolicySaver.ADAPTER_CONFIG), problems);
    if (!problems.isEmpty()) {
      throw new CheckpointException("adapters " + folder, problems);
    }
    copy(policy, adapters, stored);
  }

  /** The scale stands in no tensor: another one would change every answer without a word. */
  private static void checkScale(Policy policy, Path file, List<String> problems) {
    try {
      JsonNode config = new ObjectMapper().readTree(file.toFile());
      double stored = config.path("lora_alpha").asDouble() / config.path("r").asDouble();
      double wanted = policy.options().lora().map(LoraConfig::scale).orElse(Double.NaN);
      if (stored != wanted) {
        problems.add(
            "%s says alpha %s by rank %s, which is not the scale %s of the model"
                .formatted(
                    file.getFileName(), config.path("lora_alpha"), config.path("r"), wanted));
      }
      if (config.path("use_rslora").asBoolean() || config.path("use_dora").asBoolean()) {
        problems.add(file.getFileName() + " asks for rslora or dora, which are not known here");
      }
    } catch (IOException e) {
      problems.add("%s can't be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static void check(
      Adapters adapters, Map<String, TensorEntry> stored, List<String> problems) {
    List<String> wanted =
        adapters.names().stream().map(name -> PolicySaver.PEFT_PREFIX + name).toList();
    for (Trainable trainable : adapters.trainables()) {
      ParameterSpec.Piece piece = trainable.pieces().get(0);
      TensorEntry entry = stored.get(PolicySaver.PEFT_PREFIX + piece.name());
      if (entry == null) {
        problems.add("adapter %s is missing".formatted(piece.name()));
      } else if (!entry.shape().equals(piece.shape())) {
        problems.add(
            "adapter %s has shape %s, not %s"
                .formatted(piece.name(), entry.shape(), piece.shape()));
      }
    }
    stored.keySet().stream()
        .filter(name -> !wanted.contains(name))
        .sorted()
        .forEach(name -> problems.add("adapter %s has no place in the model".formatted(name)));
  }

  private static void copy(Policy policy, Adapters adapters, Map<String, TensorEntry> stored) {
    Tensors tensors = policy.programs().tensors();
    try (Scope scope = policy.newScope()) {
      List<NDArray> sources = new ArrayList<>();
      for (String name : adapters.names()) {
        TensorEntry entry = stored.get(PolicySaver.PEFT_PREFIX + name);
        sources.add(Checkpoint.read(scope, tensors, entry, ComputeType.FLOAT32));
      }
      if (!sources.isEmpty()) {
        tensors.copyInto(scope, adapters.masters(), sources);
      }
    }
    policy.refresh();
  }
}
