package org.sightmill.trainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code config.json} in both layouts: text fields at the root (the hub's files) or under
 * {@code text_config} (newer transformers). Nothing falls back on a library's defaults, which are
 * wrong for the real models: a missing field is a problem.
 */
final class ConfigReader {
  private static final String FILE = "config.json";
  private static final String MODEL_TYPE = "qwen2_5_vl";
  private static final int RGB = 3;

  private final List<String> problems;

  private ConfigReader(List<String> problems) {
    this.problems = problems;
  }

  /** The configuration, or nothing with the reasons added to the problems. */
  static Optional<QwenConfig> read(Path folder, List<String> problems) {
    List<String> found = new ArrayList<>();
    Optional<QwenConfig> config = new ConfigReader(found).read(folder.resolve(FILE));
    found.forEach(problem -> problems.add("[%s] %s".formatted(FILE, problem)));
    return found.isEmpty() ? config : Optional.empty();
  }

  private Optional<QwenConfig> read(Path file) {
    try {
      return Optional.of(config(new ObjectMapper().readTree(Files.readString(file))));
    } catch (IOException e) {
      problems.add("can't be read: " + e);
      return Optional.empty();
    }
  }

  private QwenConfig config(JsonNode root) {
    if (!root.path("model_type").asText().equals(MODEL_TYPE)) {
      problems.add(
          "model_type is '%s', not %s".formatted(root.path("model_type").asText(), MODEL_TYPE));
    }
    JsonNode text = root.has("text_config") ? root.path("text_config") : root;
    QwenConfig config =
        new QwenConfig(
            text(text),
            vision(root.path("vision_config")),
            whole(root, "image_token_id"),
            whole(root, "video_token_id"),
            whole(root, "vision_start_token_id"),
            whole(root, "vision_end_token_id"),
            tied(root, text));
    if (problems.isEmpty()) {
      config.text().check(problems);
      config.vision().check(problems);
    }
    return config;
  }

  private boolean tied(JsonNode root, JsonNode text) {
    String field = "tie_word_embeddings";
    JsonNode value = root.has(field) ? root.path(field) : text.path(field);
    if (!value.isBoolean()) {
      problems.add(field + " is missing");
    }
    return value.asBoolean();
  }

  private TextConfig text(JsonNode node) {
    silu(node, "text");
    JsonNode rope =
        node.has("rope_parameters") ? node.path("rope_parameters") : node.path("rope_scaling");
    JsonNode theta = rope.has("rope_theta") ? rope : node;
    return new TextConfig(
        whole(node, "hidden_size"),
        whole(node, "intermediate_size"),
        whole(node, "num_hidden_layers"),
        whole(node, "num_attention_heads"),
        whole(node, "num_key_value_heads"),
        whole(node, "vocab_size"),
        number(node, "rms_norm_eps"),
        number(theta, "rope_theta"),
        list(rope, "mrope_section"));
  }

  private VisionConfig vision(JsonNode node) {
    silu(node, "vision");
    return new VisionConfig(
        whole(node, "depth"),
        whole(node, "hidden_size"),
        whole(node, "intermediate_size"),
        whole(node, "num_heads"),
        whole(node, "out_hidden_size"),
        node.path("in_channels").asInt(node.path("in_chans").asInt(RGB)),
        whole(node, "patch_size"),
        whole(node, "temporal_patch_size"),
        whole(node, "spatial_merge_size"),
        whole(node, "window_size"),
        list(node, "fullatt_block_indexes"));
  }

  private void silu(JsonNode node, String where) {
    String activation = node.path("hidden_act").asText();
    if (!activation.equals("silu")) {
      problems.add("%s hidden_act is '%s', not silu".formatted(where, activation));
    }
  }

  private int whole(JsonNode node, String field) {
    if (!node.path(field).isInt() || node.path(field).asInt() < 1) {
      problems.add(
          "%s must be a positive whole number but is %s".formatted(field, shown(node, field)));
      return 1; // keeps the remaining checks going; the configuration is refused
    }
    return node.path(field).asInt();
  }

  private double number(JsonNode node, String field) {
    if (!node.path(field).isNumber() || node.path(field).asDouble() <= 0) {
      problems.add("%s must be a positive number but is %s".formatted(field, shown(node, field)));
    }
    return node.path(field).asDouble();
  }

  private List<Integer> list(JsonNode node, String field) {
    List<Integer> values = new ArrayList<>();
    node.path(field).forEach(value -> values.add(value.asInt(-1)));
    if (!node.path(field).isArray() || values.contains(-1)) {
      problems.add("%s must be a list of whole numbers".formatted(field));
    }
    return values;
  }

  private static String shown(JsonNode node, String field) {
    return node.has(field) ? node.path(field).toString() : "missing";
  }
}
