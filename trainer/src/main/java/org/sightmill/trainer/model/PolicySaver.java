package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.sightmill.trainer.checkpoint.SafetensorsWriter;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * Writes folders that transformers and PEFT load: the whole model with adapters merged in, or the
 * adapters alone. Files beside the weights (configuration, tokenizer) are copied as they are.
 */
public final class PolicySaver {
  private static final String MODEL_FILE = "model.safetensors";
  private static final String ADAPTER_FILE = "adapter_model.safetensors";
  private static final String ADAPTER_CONFIG = "adapter_config.json";
  private static final String PEFT_PREFIX = "base_model.model.";

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
   * Writes the model, its adapters merged.
   *
   * @param source the folder that the model was loaded from, for the files beside the weights
   * @param type stored type of all weights
   */
  public static void save(Policy policy, Path source, Path folder, ComputeType type)
      throws IOException {
    Files.createDirectories(folder);
    Tensors tensors = policy.programs().tensors();
    try (Scope scope = policy.newScope()) {
      SafetensorsWriter writer = new SafetensorsWriter(type);
      for (Weight weight : policy.weights().all()) {
        addPieces(scope, tensors, writer, weight.spec(), merged(policy, scope, weight));
      }
      writer.write(scope, tensors, folder.resolve(MODEL_FILE));
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

  private static void addPieces(
      Scope scope, Tensors tensors, SafetensorsWriter writer, ParameterSpec spec, NDArray whole) {
    long start = 0;
    for (ParameterSpec.Piece piece : spec.pieces()) {
      NDArray rows =
          spec.pieces().size() == 1 ? whole : tensors.rows(scope, whole, start, piece.rows());
      writer.add(
          TensorNames.hub(piece.name()),
          rows.reshape(new ai.djl.ndarray.types.Shape(piece.dimensions())));
      start += piece.rows();
    }
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
