package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.sightmill.trainer.checkpoint.CheckpointWriter;
import org.sightmill.trainer.checkpoint.SafetensorsWriter;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;

/**
 * Writes folders that transformers and PEFT load: the whole model with adapters merged in, or the
 * adapters alone. Files beside the weights (configuration, tokenizer) are copied as they are.
 */
public final class PolicySaver {
  static final String ADAPTER_FILE = "adapter_model.safetensors";
  static final String ADAPTER_CONFIG = "adapter_config.json";

  /** All that {@link #saveAdapters} writes. */
  public static final List<String> ADAPTER_FILES = List.of(ADAPTER_FILE, ADAPTER_CONFIG);

  static final String PEFT_PREFIX = "base_model.model.";

  private static final List<String> COMPANIONS =
      List.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.json",
          "vocab.json",
          "merges.txt");

  private PolicySaver() {}

  /**
   * Writes the model, its adapters merged, in shards of {@link
   * CheckpointWriter#DEFAULT_SHARD_BYTES}.
   *
   * @param source the folder that the model was loaded from, for the files beside the weights
   * @param type stored type of all weights
   */
  public static void save(Policy policy, Path source, Path folder, ComputeType type)
      throws IOException {
    save(policy, source, folder, type, CheckpointWriter.DEFAULT_SHARD_BYTES);
  }

  /**
   * Writes the model, its adapters merged.
   *
   * @param maxShardBytes a larger model becomes several files and an index
   */
  public static void save(
      Policy policy, Path source, Path folder, ComputeType type, long maxShardBytes)
      throws IOException {
    Files.createDirectories(folder);
    try (Scope scope = policy.newScope()) {
      CheckpointWriter writer = new CheckpointWriter(type, maxShardBytes);
      policy.weights().all().forEach(weight -> addPieces(policy, writer, weight));
      writer.write(scope, policy.programs().tensors(), folder);
    }
    copyCompanions(source, folder);
  }

  private static NDArray merged(Policy policy, Scope scope, Weight weight) {
    Adapters adapters = policy.weights().adapters();
    return policy
        .options()
        .lora()
        .map(lora -> adapters.mergedInto(scope, policy, weight, lora))
        .orElse(weight.master());
  }

  private static void addPieces(Policy policy, CheckpointWriter writer, Weight weight) {
    long start = 0;
    for (ParameterSpec.Piece piece : weight.spec().pieces()) {
      long from = start;
      writer.add(
          TensorNames.hub(piece.name()),
          piece.dimensions(),
          scope -> piece(policy, scope, weight, piece, from));
      start += piece.rows();
    }
  }

  private static NDArray piece(
      Policy policy, Scope scope, Weight weight, ParameterSpec.Piece piece, long start) {
    NDArray whole = merged(policy, scope, weight);
    NDArray rows =
        weight.spec().pieces().size() == 1
            ? whole
            : policy.programs().tensors().rows(scope, whole, start, piece.rows());
    return scope.keep(rows.reshape(new Shape(piece.dimensions())));
  }

  private static void copyCompanions(Path source, Path folder) throws IOException {
    for (String name : COMPANIONS) {
      Path file = source.resolve(name);
      if (Files.exists(file) && !Files.exists(folder.resolve(name))) {
        Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * Writes the adapters in PEFT's form.
   *
   * @param baseModel what {@code base_model_name_or_path} shall say
   * @throws IllegalStateException if the model has no adapters
   */
  public static void saveAdapters(Policy policy, String baseModel, Path folder) throws IOException {
    LoraConfig lora =
        policy
            .options()
            .lora()
            .orElseThrow(() -> new IllegalStateException("the model has no adapters to save"));
    Files.createDirectories(folder);
    try (Scope scope = policy.newScope()) {
      SafetensorsWriter writer = new SafetensorsWriter(ComputeType.FLOAT32);
      Adapters adapters = policy.weights().adapters();
      for (int i = 0; i < adapters.names().size(); i++) {
        writer.add(PEFT_PREFIX + adapters.names().get(i), adapters.masters().get(i));
      }
      writer.write(scope, policy.programs().tensors(), folder.resolve(ADAPTER_FILE));
    }
    Files.writeString(folder.resolve(ADAPTER_CONFIG), adapterConfig(lora, baseModel));
  }

  private static String adapterConfig(LoraConfig lora, String baseModel) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = json.createObjectNode();
    config.put("peft_type", "LORA").put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", baseModel);
    config.put("r", lora.rank()).put("lora_alpha", lora.alpha());
    config.put("lora_dropout", 0.0).put("bias", "none").put("inference_mode", true);
    // A pattern, since the vision tower has modules of the same names.
    String modules =
        String.join(
            "|",
            lora.targets().stream()
                .map(target -> target.module().replace(".", "\\."))
                .sorted()
                .toList());
    config.put("target_modules", ".*language_model\\.layers\\.\\d+\\.(" + modules + ")");
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(config);
  }
}
