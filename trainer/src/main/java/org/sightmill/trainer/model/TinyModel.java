package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.sightmill.trainer.checkpoint.SafetensorsWriter;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * Makes a model of the real architecture with random weights, a few megabytes large, for tests and
 * first steps. The same seed gives the same bytes.
 *
 * @param vocabulary token ids, of which the last five are vision start, end and pad, image and
 *     video pad, in the order of Qwen's own
 * @param hidden width, a multiple of 64
 * @param layers of the decoder
 * @param scale of weight matrices
 */
public record TinyModel(int vocabulary, int hidden, int layers, InitialScale scale) {
  private static final int HEAD_WIDTH = 32;
  private static final int SPECIAL_TOKENS = 5;

  /** A model initialised as the reference does. */
  public TinyModel(int vocabulary, int hidden, int layers) {
    this(vocabulary, hidden, layers, InitialScale.REFERENCE);
  }

  /** Rejects sizes that the architecture can't have. */
  public TinyModel {
    if (vocabulary <= SPECIAL_TOKENS || hidden < 64 || hidden % 64 != 0 || layers < 1) {
      throw new IllegalArgumentException(
          "a tiny model needs over %d tokens, a width divisible by 64 and a layer, not %d, %d and %d"
              .formatted(SPECIAL_TOKENS, vocabulary, hidden, layers));
    }
  }

  /** Writes {@code config.json} and {@code model.safetensors} into the folder. */
  public void write(Scope scope, Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config()));
    QwenConfig config =
        ConfigReader.read(folder, new java.util.ArrayList<>())
            .orElseThrow(() -> new IllegalStateException("the tiny configuration is not valid"));
    Random random = new Random(seed);
    try (Scope local = scope.child()) {
      SafetensorsWriter writer = new SafetensorsWriter(ComputeType.FLOAT32);
      for (ParameterSpec spec : ParameterTable.of(config).all()) {
        for (ParameterSpec.Piece piece : spec.pieces()) {
          writer.add(TensorNames.hub(piece.name()), initial(local, random, piece));
        }
      }
      writer.write(local, Tensors.load(local), folder.resolve("model.safetensors"));
    }
  }

  /** Norms one, biases zero, matrices normal. */
  private NDArray initial(Scope scope, Random random, ParameterSpec.Piece piece) {
    long[] shape = piece.dimensions();
    int size = 1;
    for (long length : shape) {
      size = Math.multiplyExact(size, Math.toIntExact(length));
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          shape.length > 1
              ? (float) (scale.deviation(size / (int) shape[0]) * random.nextGaussian())
              : piece.name().endsWith(".bias") ? 0 : 1;
    }
    return scope.floats(values, shape);
  }

  private ObjectNode config() {
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.putArray("architectures").add("Qwen2_5_VLForConditionalGeneration");
    config.put("model_type", "qwen2_5_vl").put("torch_dtype", "float32");
    config.put("vision_start_token_id", vocabulary - 5).put("vision_end_token_id", vocabulary - 4);
    config.put("image_token_id", vocabulary - 2).put("video_token_id", vocabulary - 1);
    config.put("hidden_size", hidden).put("intermediate_size", hidden * 11 / 4);
    config.put("num_hidden_layers", layers).put("num_attention_heads", hidden / HEAD_WIDTH);
    config.put("num_key_value_heads", hidden / HEAD_WIDTH / 2).put("vocab_size", vocabulary);
    config.put("hidden_act", "silu").put("rms_norm_eps", 1e-6).put("rope_theta", 1e6);
    config.put("max_position_embeddings", 32768).put("tie_word_embeddings", true);
    ObjectNode rope = config.putObject("rope_scaling").put("type", "mrope");
    rope.putArray("mrope_section").add(4).add(6).add(6);
    config.set("vision_config", vision());
    return config;
  }

  private ObjectNode vision() {
    ObjectNode vision = new ObjectMapper().createObjectNode();
    vision.put("model_type", "qwen2_5_vl").put("depth", 2).put("hidden_size", 64);
    vision.put("intermediate_size", 176).put("num_heads", 2).put("out_hidden_size", hidden);
    vision.put("in_channels", 3).put("patch_size", 14).put("temporal_patch_size", 2);
    vision.put("spatial_merge_size", 2).put("window_size", 112).put("tokens_per_second", 2);
    vision.put("hidden_act", "silu").putArray("fullatt_block_indexes").add(1);
    return vision;
  }
}
