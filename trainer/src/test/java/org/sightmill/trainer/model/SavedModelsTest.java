package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.checkpoint.CheckpointWriter;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;

/**
 * Saves models in every form, each with its logits, and leaves them in {@code target/saved-models}:
 * {@code src/test/python/test_saved_models.py} reads them there with Python's libraries.
 */
class SavedModelsTest {
  private static final Path OUT = Path.of("target/saved-models");
  private static final LoraConfig LORA = new LoraConfig(4, 8, EnumSet.allOf(LoraTarget.class));
  private static final PolicyOptions FROZEN = PolicyOptions.frozen(ComputeType.FLOAT32);
  private static final PolicyOptions ADAPTED = PolicyOptions.adapters(ComputeType.FLOAT32, LORA);
  private static final int TOKENS = 12;
  private static final long SHARD_BYTES = 100_000;

  /** An adapter's B starts at zero and would change nothing. */
  private static final double DEVIATION = 0.05;

  private static Scope root;
  private static Path golden;

  @BeforeAll
  static void open() {
    root = Scope.on(Device.cpu());
    golden = GoldenModel.open().model();
  }

  @AfterAll
  static void close() {
    root.close();
  }

  @Test
  void wholeAndInShards() throws IOException {
    try (Policy policy = Policy.load(root, golden, FROZEN)) {
      save(policy, OUT.resolve("whole"), CheckpointWriter.DEFAULT_SHARD_BYTES);
      save(policy, OUT.resolve("shards"), SHARD_BYTES);
    }
  }

  private static void save(Policy policy, Path folder, long shardBytes) throws IOException {
    PolicySaver.save(policy, golden, folder, ComputeType.FLOAT32, shardBytes);
    float[] logits = writeLogits(policy, folder);
    try (Policy again = Policy.load(root, folder, FROZEN)) {
      assertThat(logits(again)).containsExactly(logits);
    }
  }

  @Test
  void adaptersOfAModelWithItsOwnHead() throws IOException {
    saveAdapters(golden, "adapters");
  }

  @Test
  void adaptersOfAModelWithTiedEmbeddings() throws IOException {
    Path base = OUT.resolve("tied-base");
    new TinyModel(300, 64, 2).write(root, base, 1);
    saveAdapters(base, "tied-adapters");
  }

  private static void saveAdapters(Path base, String name) throws IOException {
    Path folder = OUT.resolve(name);
    Path merged = OUT.resolve(name + "-merged");
    try (Policy plain = Policy.load(root, base, FROZEN);
        Policy adapted = Policy.load(root, base, ADAPTED)) {
      randomise(adapted);
      PolicySaver.saveAdapters(adapted, "base", folder);
      PolicySaver.save(adapted, base, merged, ComputeType.FLOAT32);
      float[] logits = writeLogits(adapted, folder);
      writeLogits(adapted, merged);
      assertThat(logits).isNotEqualTo(logits(plain));
      try (Policy again = Policy.load(root, merged, FROZEN)) {
        assertThat(logits(again)).containsExactly(logits, within(1e-4f));
      }
    }
  }

  private static void randomise(Policy policy) {
    Random random = new Random(0);
    try (Scope scope = root.child()) {
      for (NDArray master : policy.masters()) {
        float[] values = new float[Math.toIntExact(master.size())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (DEVIATION * random.nextGaussian());
        }
        NDArray noise = scope.floats(values, master.getShape().getShape());
        policy.programs().tensors().copyInto(scope, List.of(master), List.of(noise));
      }
    }
    policy.refresh();
  }

  private static float[] writeLogits(Policy policy, Path folder) throws IOException {
    float[] logits = logits(policy);
    ByteBuffer bytes =
        ByteBuffer.allocate(logits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(logits);
    Files.write(folder.resolve("logits.f32"), bytes.array());
    Files.write(folder.resolve("ids.json"), new ObjectMapper().writeValueAsBytes(ids()));
    return logits;
  }

  private static float[] logits(Policy policy) {
    List<Prompt> prompts = List.of(new Prompt(ids(), List.of()));
    try (Scope scope = root.child();
        PromptPass pass = policy.encode(scope, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      return pass.logits(scope).toFloatArray();
    }
  }

  /** Ids of text in both models. */
  private static int[] ids() {
    return new Random(5).ints(TOKENS, 3, 100).toArray();
  }
}
