package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;

class CheckpointProblemsTest extends GoldenFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private ObjectNode header;
  private ObjectNode config;
  private byte[] data;

  @BeforeEach
  void takeApart() throws IOException {
    byte[] file = Files.readAllBytes(golden.model().resolve("model.safetensors"));
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    header = (ObjectNode) JSON.readTree(new String(file, 8, length, StandardCharsets.UTF_8));
    data = Arrays.copyOfRange(file, 8 + length, file.length);
    config = (ObjectNode) JSON.readTree(golden.model().resolve("config.json").toFile());
  }

  private static void write(Path file, JsonNode header, byte[] data) throws IOException {
    byte[] text = JSON.writeValueAsBytes(header);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(text.length).put(text).put(data).array());
  }

  private void write() throws IOException {
    write(folder.resolve("model.safetensors"), header, data);
    Files.writeString(folder.resolve("config.json"), config.toString());
  }

  private float[] logits() {
    try (Policy policy = Policy.load(root, folder, PolicyOptions.frozen(ComputeType.FLOAT32));
        Scope scope = root.child();
        PromptPass pass =
            policy.encode(scope, golden.forwardPrompts(), Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      return pass.logits(scope).toFloatArray();
    }
  }

  private float[] goldenLogits() {
    try (Policy policy =
            Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32));
        Scope scope = root.child();
        PromptPass pass =
            policy.encode(scope, golden.forwardPrompts(), Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      return pass.logits(scope).toFloatArray();
    }
  }

  @Test
  void namesEveryMissingUnknownAndMisshapedTensorInOneError() throws IOException {
    String missing = "model.norm.weight";
    JsonNode entry = header.remove(missing);
    header.set("model.novelty.weight", entry);
    ObjectNode misshaped = (ObjectNode) header.get("visual.merger.mlp.2.bias");
    int size = misshaped.get("shape").get(0).asInt();
    misshaped.putArray("shape").add(2).add(size / 2);
    write();
    assertThatThrownBy(() -> load())
        .isInstanceOfSatisfying(CheckpointException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining("tensor model.language_model.norm.weight is missing")
        .hasMessageContaining(
            "tensor model.visual.merger.mlp.2.bias has shape [2, %d] in model.safetensors, not [%d]"
                .formatted(size / 2, size))
        .hasMessageContaining(
            "tensor model.language_model.novelty.weight has no place in the model");
  }

  private void load() {
    Policy.load(root, folder, PolicyOptions.frozen(ComputeType.FLOAT32)).close();
  }

  @Test
  void everyStoredTypeLoadsToTheSameNumbers() throws IOException {
    roundToEightBits();
    write();
    float[] expected = logits();
    for (String type : List.of("F16", "BF16")) {
      writeAs(type);
      assertThat(logits()).as(type).containsExactly(expected);
    }
  }

  /** Numbers of so few bits that both short types hold them. */
  private void roundToEightBits() {
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < data.length; at += Float.BYTES) {
      bytes.putFloat(at, Math.round(bytes.getFloat(at) * 64) / 64f);
    }
  }

  /** The same tensors in two bytes a number. */
  private void writeAs(String type) throws IOException {
    ObjectNode shortened = header.deepCopy();
    for (JsonNode entry : shortened) {
      if (entry.has("dtype")) {
        ((ObjectNode) entry).put("dtype", type);
        JsonNode offsets = entry.get("data_offsets");
        ((ObjectNode) entry)
            .putArray("data_offsets")
            .add(offsets.get(0).asLong() / 2)
            .add(offsets.get(1).asLong() / 2);
      }
    }
    ByteBuffer wide = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer narrow = ByteBuffer.allocate(data.length / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      int bits = Float.floatToIntBits(wide.getFloat());
      narrow.putShort(type.equals("BF16") ? (short) (bits >>> 16) : half(bits));
    }
    write(folder.resolve("model.safetensors"), shortened, narrow.array());
  }

  /** Sign, five bits of exponent, ten of fraction; for numbers that need no rounding. */
  private static short half(int bits) {
    int exponent = ((bits >>> 23) & 0xFF) - 127 + 15;
    int magnitude = (bits & 0x7FFFFFFF) == 0 ? 0 : (exponent << 10) | ((bits >>> 13) & 0x3FF);
    return (short) (((bits >>> 16) & 0x8000) | magnitude);
  }

  @Test
  void namesATruncatedFile() throws IOException {
    data = Arrays.copyOf(data, data.length - 1);
    write();
    assertThatThrownBy(() -> load())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("[model.safetensors] tensor")
        .hasMessageContaining("(truncated?)");
  }

  @Test
  void refusesHeadersThatLieOrAreNoJson() throws IOException {
    write();
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[7] = 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> load())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("[model.safetensors] header length");
    bytes[7] = 0;
    bytes[8] = '?';
    Files.write(file, bytes);
    assertThatThrownBy(() -> load())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("[model.safetensors] header is not JSON");
  }

  @Test
  void namesEveryFaultOfTheConfiguration() throws IOException {
    ObjectNode text = (ObjectNode) config.get("text_config");
    text.remove("hidden_size");
    text.put("hidden_act", "gelu");
    ((ObjectNode) config.get("vision_config")).put("depth", -1);
    write();
    assertThatThrownBy(() -> load())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(
            "[config.json] hidden_size must be a positive whole number but is missing")
        .hasMessageContaining("[config.json] text hidden_act is 'gelu', not silu")
        .hasMessageContaining("[config.json] depth must be a positive whole number but is -1");
  }

  @Test
  void anEmptyFolderIsNamed() {
    assertThatThrownBy(() -> load())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has neither model.safetensors nor model.safetensors.index.json");
  }

  @Test
  void theHubsFlatConfigurationAndTheNewNamesLoadAlike() throws IOException {
    ObjectNode text = (ObjectNode) config.remove("text_config");
    JsonNode rope = text.remove("rope_parameters");
    text.remove("model_type");
    config.setAll(text);
    config.set("rope_theta", rope.get("rope_theta"));
    config
        .putObject("rope_scaling")
        .put("type", "mrope")
        .set("mrope_section", rope.get("mrope_section"));
    ObjectNode renamed = JSON.createObjectNode();
    header
        .properties()
        .forEach(field -> renamed.set(TensorNames.runtime(field.getKey()), field.getValue()));
    header = renamed;
    write();
    assertThat(logits()).containsExactly(goldenLogits());
  }

  @Test
  void shardsLoadLikeOneFileAndAMissingShardIsNamed() throws IOException {
    ObjectNode first = JSON.createObjectNode();
    ObjectNode second = JSON.createObjectNode();
    ObjectNode index = JSON.createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    int i = 0;
    for (String name : List.copyOf(header.properties().stream().map(f -> f.getKey()).toList())) {
      ObjectNode shard = i++ % 2 == 0 ? first : second;
      shard.set(name, header.get(name));
      map.put(name, shard == first ? "model-1.safetensors" : "model-2.safetensors");
    }
    write(folder.resolve("model-1.safetensors"), first, data);
    write(folder.resolve("model-2.safetensors"), second, data);
    Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
    Files.writeString(folder.resolve("config.json"), config.toString());
    assertThat(logits()).containsExactly(goldenLogits());
    Files.delete(folder.resolve("model-2.safetensors"));
    assertThatThrownBy(() -> load())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(
            "[model.safetensors.index.json] names shard model-2.safetensors, which does not exist");
  }
}
